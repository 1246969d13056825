; The installer for Windows. build/windows/installer.py compiles it and gives the values in ${...}.
;
; Silently:  annotated-reader-VERSION-windows-x86_64.exe /S [options] [/D=folder]
;   /ALLUSERS     for everybody on this computer; needs an administrator
;   /CURRENTUSER  for whoever runs it; what is done when nothing is said
;   /NODESKTOP    no icon on the desktop
;   /NOSTARTMENU  no entry in the start menu
;   /NOFILETYPE   neither the file type nor the links are made known
;   /D=folder     where to; the last option, without quotation marks
;
; It ends with 0 if all went well, and with
;   1  cancelled            2  given up on the way
;   3  the program runs     4  an administrator is needed     5  this Windows is too old

Unicode true
Target ${TARGET}
SetCompressor /SOLID lzma
SetDateSave off ; the same files give the same installer
ManifestDPIAware true
RequestExecutionLevel user ; whoever wants it for all is asked for the right to

!include MUI2.nsh
!include LogicLib.nsh
!include FileFunc.nsh
!include Sections.nsh
!include WinVer.nsh
!include x64.nsh

!define PROGRAM "${TITLE}.exe"
!define REMOVER "Uninstall.exe"
!define ENTRY "Software\Microsoft\Windows\CurrentVersion\Uninstall\AnnotatedReader"
!define CLASSES "Software\Classes"
!define COPY "AnnotatedReader.Copy"
!define TEXT "AnnotatedReader.Text"
!define SCHEME "annotated-reader"

!define RUNNING 3
!define NO_ADMINISTRATOR 4
!define TOO_OLD 5

Name "${TITLE}"
OutFile "${OUT}"
BrandingText "${TITLE} ${VERSION}"
VIProductVersion "${NUMBERS}"
VIAddVersionKey ProductName "${TITLE}"
VIAddVersionKey ProductVersion "${VERSION}"
VIAddVersionKey FileVersion "${VERSION}"
VIAddVersionKey FileDescription "Installs ${TITLE}"
VIAddVersionKey CompanyName "${PUBLISHER}"
VIAddVersionKey LegalCopyright "MIT licence"
!ifdef SIGN
!finalize '${SIGN} "%1"'
!uninstfinalize '${SIGN} "%1"'
!endif

Var everyone ; 1 if it is for everybody on this computer
Var asked    ; the folder that /D= names
Var button   ; the page's: for everybody

; The pages ----------------------------------------------------------------------------------------

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN
!define MUI_FINISHPAGE_RUN_TEXT "Start ${TITLE}"
!define MUI_FINISHPAGE_RUN_FUNCTION start
!define MUI_UNCONFIRMPAGE_TEXT_TOP "${TITLE} will be removed. Your library with all texts, marks \
and notes stays, and is there again when you install the program another time."

Page custom show_whom leave_whom
!insertmacro MUI_PAGE_COMPONENTS
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE English

; What is installed --------------------------------------------------------------------------------

Section "${TITLE}" section_program
    SectionIn RO
    ; What an earlier version had and this one has not would only be in the way.
    RMDir /r "$INSTDIR\_internal"
    SetOutPath "$INSTDIR"
    File /r "${PAYLOAD}\*"
    WriteUninstaller "$INSTDIR\${REMOVER}"

    StrCpy $0 "/CURRENTUSER"
    ${If} $everyone == 1
        StrCpy $0 "/ALLUSERS"
    ${EndIf}
    WriteRegStr SHCTX "${ENTRY}" DisplayName "${TITLE}"
    WriteRegStr SHCTX "${ENTRY}" DisplayVersion "${VERSION}"
    WriteRegStr SHCTX "${ENTRY}" DisplayIcon "$INSTDIR\${PROGRAM}"
    WriteRegStr SHCTX "${ENTRY}" Publisher "${PUBLISHER}"
    WriteRegStr SHCTX "${ENTRY}" InstallLocation "$INSTDIR"
    WriteRegStr SHCTX "${ENTRY}" UninstallString '"$INSTDIR\${REMOVER}" $0'
    WriteRegStr SHCTX "${ENTRY}" QuietUninstallString '"$INSTDIR\${REMOVER}" $0 /S'
    WriteRegDWORD SHCTX "${ENTRY}" EstimatedSize ${KILOBYTES}
    WriteRegDWORD SHCTX "${ENTRY}" NoModify 1
    WriteRegDWORD SHCTX "${ENTRY}" NoRepair 1
SectionEnd

Section "Start menu" section_menu
    CreateShortcut "$SMPROGRAMS\${TITLE}.lnk" "$INSTDIR\${PROGRAM}"
SectionEnd

Section "Icon on the desktop" section_desktop
    CreateShortcut "$DESKTOP\${TITLE}.lnk" "$INSTDIR\${PROGRAM}"
SectionEnd

; A class of files, or of links. What stands behind -- is never taken for an option, whatever
; a link on some page holds.
!macro class NAME WORDS
    WriteRegStr SHCTX "${CLASSES}\${NAME}" "" "${WORDS}"
    WriteRegStr SHCTX "${CLASSES}\${NAME}\DefaultIcon" "" "$INSTDIR\${PROGRAM},0"
    WriteRegStr SHCTX "${CLASSES}\${NAME}\shell\open\command" "" \
        '"$INSTDIR\${PROGRAM}" -- "%1"'
!macroend

Section "Files and links" section_types
    !insertmacro class "${COPY}" "Annotated copy"
    !insertmacro class "${TEXT}" "Text"
    !insertmacro class "${SCHEME}" "URL:${TITLE}"
    WriteRegStr SHCTX "${CLASSES}\${SCHEME}" "URL Protocol" ""

    ReadRegStr $0 SHCTX "${CLASSES}\.annotated" ""
    ${If} $0 == ""
        WriteRegStr SHCTX "${CLASSES}\.annotated" "" "${COPY}"
        WriteRegStr SHCTX "${CLASSES}\.annotated" "Content Type" \
            "application/vnd.annotated-reader+zip"
    ${EndIf}
    WriteRegStr SHCTX "${CLASSES}\.annotated\OpenWithProgids" "${COPY}" ""
    ; Other texts are offered to be opened with it; what opens them by itself stays.
    WriteRegStr SHCTX "${CLASSES}\.md\OpenWithProgids" "${TEXT}" ""
    WriteRegStr SHCTX "${CLASSES}\.markdown\OpenWithProgids" "${TEXT}" ""
    WriteRegStr SHCTX "${CLASSES}\.txt\OpenWithProgids" "${TEXT}" ""
    Call tell_desktop
SectionEnd

!insertmacro MUI_FUNCTION_DESCRIPTION_BEGIN
    !insertmacro MUI_DESCRIPTION_TEXT ${section_program} "The program, an article and a guide."
    !insertmacro MUI_DESCRIPTION_TEXT ${section_menu} "An entry in the start menu."
    !insertmacro MUI_DESCRIPTION_TEXT ${section_desktop} "An icon on the desktop."
    !insertmacro MUI_DESCRIPTION_TEXT ${section_types} "A double click opens annotated copies, \
        and links to texts lead to the program."
!insertmacro MUI_FUNCTION_DESCRIPTION_END

; How it is asked for ------------------------------------------------------------------------------

!macro leave_out OPTION SECTION
    ClearErrors
    ${GetOptions} $R0 "${OPTION}" $0
    ${IfNot} ${Errors}
        !insertmacro UnselectSection ${SECTION}
    ${EndIf}
!macroend

; End with a code; and with a sentence, where there is somebody to read it.
!macro give_up CODE WORDS
    MessageBox MB_ICONEXCLAMATION|MB_OK "${WORDS}" /SD IDOK
    SetErrorLevel ${CODE}
    Quit
!macroend

Function .onInit
    SetRegView 64
    ${IfNot} ${RunningX64}
    ${OrIfNot} ${AtLeastWin10}
        !insertmacro give_up ${TOO_OLD} "${TITLE} needs Windows 10 or newer, with 64 bits."
    ${EndIf}
    StrCpy $asked $INSTDIR
    StrCpy $everyone 0
    ${GetParameters} $R0
    ClearErrors
    ${GetOptions} $R0 "/ALLUSERS" $0
    ${IfNot} ${Errors}
        StrCpy $everyone 1
        Call need_administrator
    ${EndIf}
    !insertmacro leave_out "/NODESKTOP" ${section_desktop}
    !insertmacro leave_out "/NOSTARTMENU" ${section_menu}
    !insertmacro leave_out "/NOFILETYPE" ${section_types}
    Call choose_place
    ${If} ${Silent}
        Call need_closed
    ${EndIf}
FunctionEnd

; Where it goes: where it was asked for, where it is already, or where such programs go.
Function choose_place
    SetShellVarContext current
    StrCpy $INSTDIR "$LOCALAPPDATA\Programs\${TITLE}"
    ${If} $everyone == 1
        SetShellVarContext all
        StrCpy $INSTDIR "$PROGRAMFILES64\${TITLE}"
    ${EndIf}
    ReadRegStr $0 SHCTX "${ENTRY}" InstallLocation
    ${If} $0 != ""
        StrCpy $INSTDIR $0
    ${EndIf}
    ${If} $asked != ""
        StrCpy $INSTDIR $asked
    ${EndIf}
FunctionEnd

; To install for all is to be an administrator: Windows asks, and this goes on in another process.
Function need_administrator
    UserInfo::GetAccountType
    Pop $0
    ${If} $0 == "Admin"
        Return
    ${EndIf}
    ${If} ${Silent}
        SetErrorLevel ${NO_ADMINISTRATOR}
        Quit
    ${EndIf}
    ClearErrors
    ExecShell "runas" "$EXEPATH" "/ALLUSERS"
    ${If} ${Errors}
        MessageBox MB_ICONEXCLAMATION|MB_OK "Only an administrator can install for everybody. \
            Choose to install it for yourself."
        Abort
    ${EndIf}
    Quit
FunctionEnd

; A program that runs cannot be replaced.
!macro need_closed PREFIX
Function ${PREFIX}need_closed
    again:
    ${IfNot} ${FileExists} "$INSTDIR\${PROGRAM}"
        Return
    ${EndIf}
    ClearErrors
    FileOpen $0 "$INSTDIR\${PROGRAM}" a
    ${IfNot} ${Errors}
        FileClose $0
        Return
    ${EndIf}
    MessageBox MB_ICONEXCLAMATION|MB_RETRYCANCEL "${TITLE} is open. Close its windows, and try \
        again." /SD IDCANCEL IDRETRY again
    SetErrorLevel ${RUNNING}
    Quit
FunctionEnd
!macroend
!insertmacro need_closed ""
!insertmacro need_closed "un."

Function show_whom
    !insertmacro MUI_HEADER_TEXT "For whom" "Who is to use ${TITLE} on this computer?"
    nsDialogs::Create 1018
    Pop $0
    ${NSD_CreateRadioButton} 0 8u 100% 12u "For &me alone"
    Pop $1
    ${NSD_CreateRadioButton} 0 26u 100% 12u "For &everybody on this computer (Windows will ask \
        for an administrator)"
    Pop $button
    ${If} $everyone == 1
        ${NSD_Check} $button
    ${Else}
        ${NSD_Check} $1
    ${EndIf}
    nsDialogs::Show
FunctionEnd

Function leave_whom
    ${NSD_GetState} $button $0
    StrCpy $everyone 0
    ${If} $0 == ${BST_CHECKED}
        StrCpy $everyone 1
        Call need_administrator
    ${EndIf}
    Call choose_place
    Call need_closed
FunctionEnd

; Through the desktop, so that it is the user who starts it and not the administrator.
Function start
    Exec '"$WINDIR\explorer.exe" "$INSTDIR\${PROGRAM}"'
FunctionEnd

!macro tell_desktop PREFIX
Function ${PREFIX}tell_desktop
    System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)' ; associations changed
FunctionEnd
!macroend
!insertmacro tell_desktop ""
!insertmacro tell_desktop "un."

; Taking it away -----------------------------------------------------------------------------------

Function un.onInit
    SetRegView 64
    SetShellVarContext current
    StrCpy $everyone 0
    ReadRegStr $0 HKLM "${ENTRY}" InstallLocation
    ${If} $0 == $INSTDIR
        StrCpy $everyone 1
        SetShellVarContext all
        UserInfo::GetAccountType
        Pop $0
        ${If} $0 != "Admin"
            ${IfNot} ${Silent}
                ExecShell "runas" "$INSTDIR\${REMOVER}" "/ALLUSERS"
            ${EndIf}
            SetErrorLevel ${NO_ADMINISTRATOR}
            Quit
        ${EndIf}
    ${EndIf}
    Call un.need_closed
FunctionEnd

; A folder is taken away with all that is in it only if nobody but the installer fills it.
Section Uninstall
    RMDir /r "$INSTDIR\_internal"
    Delete "$INSTDIR\${PROGRAM}"
    Delete "$INSTDIR\annotated-reader.exe"
    Delete "$INSTDIR\${REMOVER}"
    RMDir "$INSTDIR"
    Delete "$SMPROGRAMS\${TITLE}.lnk"
    Delete "$DESKTOP\${TITLE}.lnk"

    ReadRegStr $0 SHCTX "${CLASSES}\.annotated" ""
    ${If} $0 == "${COPY}"
        DeleteRegKey SHCTX "${CLASSES}\.annotated"
    ${Else}
        DeleteRegValue SHCTX "${CLASSES}\.annotated\OpenWithProgids" "${COPY}"
    ${EndIf}
    DeleteRegValue SHCTX "${CLASSES}\.md\OpenWithProgids" "${TEXT}"
    DeleteRegValue SHCTX "${CLASSES}\.markdown\OpenWithProgids" "${TEXT}"
    DeleteRegValue SHCTX "${CLASSES}\.txt\OpenWithProgids" "${TEXT}"
    DeleteRegKey SHCTX "${CLASSES}\${COPY}"
    DeleteRegKey SHCTX "${CLASSES}\${TEXT}"
    DeleteRegKey SHCTX "${CLASSES}\${SCHEME}"
    DeleteRegKey SHCTX "${ENTRY}"
    Call un.tell_desktop
    DetailPrint "Libraries stay in the folder annotated-reader of each user's local data."
SectionEnd
