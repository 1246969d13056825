"""What hangs on a text: kinds, selectors, anchoring, mentions, links and their YAML."""
