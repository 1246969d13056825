<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Author</name>
    <message numerus="yes">
        <source>%n mention(s) in the text</source>
        <translation>
            <numerusform>%n mention in the text</numerusform>
            <numerusform>%n mentions in the text</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Card</name>
    <message numerus="yes">
        <source>%n mention(s)</source>
        <translation>
            <numerusform>%n mention</numerusform>
            <numerusform>%n mentions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Caretaker</name>
    <message numerus="yes">
        <source>%n mark(s)</source>
        <translation>
            <numerusform>%n mark</numerusform>
            <numerusform>%n marks</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Exchanging</name>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n file</numerusform>
            <numerusform>%n files</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Export</name>
    <message numerus="yes">
        <source>%n new</source>
        <translation>
            <numerusform>%n new</numerusform>
            <numerusform>%n new</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n changed</source>
        <translation>
            <numerusform>%n changed</numerusform>
            <numerusform>%n changed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n struck out</source>
        <translation>
            <numerusform>%n struck out</numerusform>
            <numerusform>%n struck out</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n changed on both sides: both are kept</source>
        <translation>
            <numerusform>%n changed on both sides: both are kept</numerusform>
            <numerusform>%n changed on both sides: both are kept</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n left out, as you took them out</source>
        <translation>
            <numerusform>%n left out, as you took it out</numerusform>
            <numerusform>%n left out, as you took them out</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n mark(s) go out.</source>
        <translation>
            <numerusform>%n mark goes out.</numerusform>
            <numerusform>%n marks go out.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExportFolderDialog</name>
    <message numerus="yes">
        <source>%n file(s) will be written.</source>
        <translation>
            <numerusform>%n file will be written.</numerusform>
            <numerusform>%n files will be written.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them is there already; your edits stay.</source>
        <translation>
            <numerusform>%n of them is there already; your edits stay.</numerusform>
            <numerusform>%n of them are there already; your edits stay.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them is there already and will be replaced.</source>
        <translation>
            <numerusform>%n of them is there already and will be replaced.</numerusform>
            <numerusform>%n of them are there already and will be replaced.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) were written.</source>
        <translation>
            <numerusform>%n file was written.</numerusform>
            <numerusform>%n files were written.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n text(s) could not be written; see the list.</source>
        <translation>
            <numerusform>%n text could not be written; see the list.</numerusform>
            <numerusform>%n texts could not be written; see the list.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImportReport</name>
    <message numerus="yes">
        <source>%n mark(s) came in.</source>
        <translation>
            <numerusform>%n mark came in.</numerusform>
            <numerusform>%n marks came in.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n mark(s) renewed, as their makers have changed them.</source>
        <translation>
            <numerusform>%n mark renewed, as their makers have changed them.</numerusform>
            <numerusform>%n marks renewed, as their makers have changed them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n mark(s) in doubt: see whether the place is right.</source>
        <translation>
            <numerusform>%n mark in doubt: see whether the place is right.</numerusform>
            <numerusform>%n marks in doubt: see whether the place is right.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n mark(s) without words in this text: My notes has them.</source>
        <translation>
            <numerusform>%n mark without words in this text: My notes has them.</numerusform>
            <numerusform>%n marks without words in this text: My notes has them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n annotation(s) left out.</source>
        <translation>
            <numerusform>%n annotation left out.</numerusform>
            <numerusform>%n annotations left out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n annotation(s) about another text: “{0}”.</source>
        <translation>
            <numerusform>%n annotation about another text: “{0}”.</numerusform>
            <numerusform>%n annotations about another text: “{0}”.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n annotation(s) about a text that is not here ({0}).</source>
        <translation>
            <numerusform>%n annotation about a text that is not here ({0}).</numerusform>
            <numerusform>%n annotations about a text that is not here ({0}).</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Layers</name>
    <message numerus="yes">
        <source>%n highlight(s)</source>
        <translation>
            <numerusform>%n highlight</numerusform>
            <numerusform>%n highlights</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n note(s)</source>
        <translation>
            <numerusform>%n note</numerusform>
            <numerusform>%n notes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n bookmark(s)</source>
        <translation>
            <numerusform>%n bookmark</numerusform>
            <numerusform>%n bookmarks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s)</source>
        <translation>
            <numerusform>%n answer</numerusform>
            <numerusform>%n answers</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LayersDialog</name>
    <message numerus="yes">
        <source>%n annotation(s)</source>
        <translation>
            <numerusform>%n annotation</numerusform>
            <numerusform>%n annotations</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Leaving</name>
    <message numerus="yes">
        <source>%n change(s) to your notes could not be saved.</source>
        <translation>
            <numerusform>%n change to your notes could not be saved.</numerusform>
            <numerusform>%n changes to your notes could not be saved.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Library</name>
    <message numerus="yes">
        <source>%n place(s)</source>
        <translation>
            <numerusform>%n place</numerusform>
            <numerusform>%n places</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n text(s)</source>
        <translation>
            <numerusform>%n text</numerusform>
            <numerusform>%n texts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln character(s)</source>
        <translation>
            <numerusform>%Ln character</numerusform>
            <numerusform>%Ln characters</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n highlight(s)</source>
        <translation>
            <numerusform>%n highlight</numerusform>
            <numerusform>%n highlights</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n note(s)</source>
        <translation>
            <numerusform>%n note</numerusform>
            <numerusform>%n notes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n mark(s)</source>
        <translation>
            <numerusform>%n mark</numerusform>
            <numerusform>%n marks</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MarkWords</name>
    <message numerus="yes">
        <source>%n mark(s) changed</source>
        <translation>
            <numerusform>%n mark changed</numerusform>
            <numerusform>%n marks changed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NewCopyDialog</name>
    <message numerus="yes">
        <source>%n word(s).</source>
        <translation>
            <numerusform>%n word.</numerusform>
            <numerusform>%n words.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Notes</name>
    <message numerus="yes">
        <source>%n mark(s)</source>
        <translation>
            <numerusform>%n mark</numerusform>
            <numerusform>%n marks</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Panel</name>
    <message numerus="yes">
        <source>%n mention(s)</source>
        <translation>
            <numerusform>%n mention</numerusform>
            <numerusform>%n mentions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PreferencesDialog</name>
    <message numerus="yes">
        <source>%n preference(s) would have their default again.</source>
        <translation>
            <numerusform>%n preference would have their default again.</numerusform>
            <numerusform>%n preferences would have their default again.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReuseDialog</name>
    <message numerus="yes">
        <source>%n mention(s)</source>
        <translation>
            <numerusform>%n mention</numerusform>
            <numerusform>%n mentions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Revising</name>
    <message numerus="yes">
        <source>This file has changed since you marked it. Take your %n mark(s) over?</source>
        <translation>
            <numerusform>This file has changed since you marked it. Take your %n mark over?</numerusform>
            <numerusform>This file has changed since you marked it. Take your %n marks over?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Revision</name>
    <message numerus="yes">
        <source>%n mark(s) may have no place in it.</source>
        <translation>
            <numerusform>%n mark may have no place in it.</numerusform>
            <numerusform>%n marks may have no place in it.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Revision {0} has arrived: %n mark(s) in place.</source>
        <translation>
            <numerusform>Revision {0} has arrived: %n mark in place.</numerusform>
            <numerusform>Revision {0} has arrived: %n marks in place.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>This text has changed: %n mark(s) in place.</source>
        <translation>
            <numerusform>This text has changed: %n mark in place.</numerusform>
            <numerusform>This text has changed: %n marks in place.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Revision {0} has arrived: please check %n mark(s).</source>
        <translation>
            <numerusform>Revision {0} has arrived: please check %n mark.</numerusform>
            <numerusform>Revision {0} has arrived: please check %n marks.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>This text has changed: please check %n mark(s).</source>
        <translation>
            <numerusform>This text has changed: please check %n mark.</numerusform>
            <numerusform>This text has changed: please check %n marks.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RevisionDialog</name>
    <message numerus="yes">
        <source>Show %n more</source>
        <translation>
            <numerusform>Show %n more</numerusform>
            <numerusform>Show %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SearchPage</name>
    <message numerus="yes">
        <source>%n text(s) cannot be searched yet, but soon.</source>
        <translation>
            <numerusform>%n text cannot be searched yet, but soon.</numerusform>
            <numerusform>%n texts cannot be searched yet, but soon.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n text(s) cannot be searched any more, as the files are gone; open them from where they are now.</source>
        <translation>
            <numerusform>%n text cannot be searched any more, as the files are gone; open them from where they are now.</numerusform>
            <numerusform>%n texts cannot be searched any more, as the files are gone; open them from where they are now.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sharing</name>
    <message numerus="yes">
        <source>%n annotation(s) of the author</source>
        <translation>
            <numerusform>%n annotation of the author</numerusform>
            <numerusform>%n annotations of the author</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n file</numerusform>
            <numerusform>%n files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>… and %n more</source>
        <translation>
            <numerusform>… and %n more</numerusform>
            <numerusform>… and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Status</name>
    <message numerus="yes">
        <source>%n h left</source>
        <translation>
            <numerusform>%n h left</numerusform>
            <numerusform>%n h left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n min left</source>
        <translation>
            <numerusform>%n min left</numerusform>
            <numerusform>%n min left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n annotation(s)</source>
        <translation>
            <numerusform>%n annotation</numerusform>
            <numerusform>%n annotations</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n problem(s) in this copy</source>
        <translation>
            <numerusform>%n problem in this copy</numerusform>
            <numerusform>%n problems in this copy</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n highlight(s)</source>
        <translation>
            <numerusform>%n highlight</numerusform>
            <numerusform>%n highlights</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n note(s)</source>
        <translation>
            <numerusform>%n note</numerusform>
            <numerusform>%n notes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s)</source>
        <translation>
            <numerusform>%n answer</numerusform>
            <numerusform>%n answers</numerusform>
        </translation>
    </message>
</context>
</TS>
