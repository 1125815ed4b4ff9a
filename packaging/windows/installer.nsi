; The installer for Windows: for one person, without administrator rights, into %LOCALAPPDATA%\Programs.
; Compiled by packaging/windows_installer.py, which gives FILES (what to install, and to remove again), VERSION, NUMBERS
; (the version as four numbers), COPYRIGHT, SIZE (in KB), ICON, BANNER, OUT, and WORDS: what it says, in each language.
; Windows chooses the language.
;
;   /S              silent: no window, no question      /D=FOLDER   another folder; must come last, without quotes
; Exit codes: 0 done, 1 stopped by the person, 2 could not be done, 3 the program is open, 4 this Windows is too old.

Unicode true
Target amd64-unicode
ManifestDPIAware true
ManifestLongPathAware true
ManifestSupportedOS all
RequestExecutionLevel user
SetCompressor /SOLID lzma
SetDateSave off ; the same files give the same installer
AllowSkipFiles off
ShowInstDetails nevershow
ShowUninstDetails nevershow
BrandingText " "

!define NAME "Messenger Handover Wizard"
!define PROGRAM "handover-wizard.exe"
!define CONSOLE "handover-wizard-console.exe"
!define PUBLISHER "Messenger Handover Wizard project"
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\MessengerHandoverWizard"
!define PATH_KEY "Software\Microsoft\Windows\CurrentVersion\App Paths\${PROGRAM}"
!define CLASSES "Software\Classes"
!define TYPE "HandoverWizard.SetUp"
!define LOG_IN "HandoverWizard.LogIn" ; *.handoverlogin is an ending of our own
!define VERB "SystemFileAssociations\.json\shell\HandoverWizard.Check"
!define OLDEST_BUILD 17763 ; Windows 10 1809: Qt 6.8 and newer do not start on an older one
!define STILL_OPEN 3
!define TOO_OLD 4

Name "${NAME}"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\${NAME}"
InstallDirRegKey HKCU "${UNINSTALL_KEY}" "InstallLocation"

VIProductVersion "${NUMBERS}"
VIFileVersion "${NUMBERS}"
VIAddVersionKey /LANG=0 "ProductName" "${NAME}"
VIAddVersionKey /LANG=0 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=0 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=0 "FileDescription" "Installs ${NAME}"
VIAddVersionKey /LANG=0 "CompanyName" "${PUBLISHER}"
VIAddVersionKey /LANG=0 "LegalCopyright" "${COPYRIGHT}"

!include MUI2.nsh
!include LogicLib.nsh
!include WinVer.nsh
!include FileFunc.nsh
!include "${FILES}"

!ifdef SIGN
    !uninstfinalize '${SIGN} "%1"' = 0
    !finalize '${SIGN} "%1"' = 0
!endif

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${BANNER}"
!define MUI_WELCOMEPAGE_TITLE "$(WELCOME_TITLE)"
!define MUI_WELCOMEPAGE_TEXT "$(WELCOME_TEXT)"
!define MUI_FINISHPAGE_TITLE "$(FINISH_TITLE)"
!define MUI_FINISHPAGE_TEXT "$(FINISH_TEXT)"
!define MUI_FINISHPAGE_RUN "$INSTDIR\${PROGRAM}"
!define MUI_FINISHPAGE_RUN_TEXT "$(RUN_TEXT)"
!define MUI_UNCONFIRMPAGE_TEXT_TOP "$(REMOVE_TEXT)"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!include "${WORDS}"

; A program that runs cannot be written to. It is not ended from here: with a test open it must bring a conversation back.
!macro WAIT_UNTIL_CLOSED UN
Function ${UN}WaitUntilClosed
    again:
    ${For} $R0 1 2
        StrCpy $R1 "$INSTDIR\${PROGRAM}"
        ${If} $R0 == 2
            StrCpy $R1 "$INSTDIR\${CONSOLE}"
        ${EndIf}
        ${If} ${FileExists} "$R1"
            ClearErrors
            FileOpen $R2 "$R1" a
            ${If} ${Errors}
                MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(STILL_OPEN_TEXT)" /SD IDCANCEL IDRETRY again
                SetErrorLevel ${STILL_OPEN}
                Quit
            ${EndIf}
            FileClose $R2
        ${EndIf}
    ${Next}
FunctionEnd
!macroend
!insertmacro WAIT_UNTIL_CLOSED ""
!insertmacro WAIT_UNTIL_CLOSED "un."

Function .onInit
    ${IfNot} ${AtLeastWin10}
    ${OrIfNot} ${AtLeastBuild} ${OLDEST_BUILD}
        MessageBox MB_OK|MB_ICONSTOP "$(TOO_OLD_TEXT)" /SD IDOK
        SetErrorLevel ${TOO_OLD}
        Quit
    ${EndIf}
FunctionEnd

Section
    Call WaitUntilClosed
    ; The older version knows what it installed; with /UPGRADE it leaves the start menu, so what is pinned stays.
    ${If} ${FileExists} "$INSTDIR\uninstall.exe"
        DetailPrint "$(REPLACING_TEXT)"
        ExecWait '"$INSTDIR\uninstall.exe" /S /UPGRADE _?=$INSTDIR' $0
        ${If} $0 != 0
            MessageBox MB_OK|MB_ICONSTOP "$(NOT_REPLACED_TEXT)" /SD IDOK
            SetErrorLevel 2
            Abort
        ${EndIf}
    ${EndIf}

    !insertmacro INSTALL_FILES
    SetOutPath "$INSTDIR"
    WriteUninstaller "$INSTDIR\uninstall.exe"
    CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\${PROGRAM}"

    WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayName" "${NAME}"
    WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
    WriteRegStr HKCU "${UNINSTALL_KEY}" "Publisher" "${PUBLISHER}"
    WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\${PROGRAM}"
    WriteRegStr HKCU "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
    WriteRegStr HKCU "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
    WriteRegStr HKCU "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
    WriteRegDWORD HKCU "${UNINSTALL_KEY}" "EstimatedSize" ${SIZE}
    WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoModify" 1
    WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoRepair" 1
    WriteRegStr HKCU "${PATH_KEY}" "" "$INSTDIR\${PROGRAM}"

    ; Windows knows a file by what follows its last dot, so for it a set-up is a .json file like any other. Whoever opens
    ; those keeps them: we are one more entry of "Open with", and one in the menu of files named *.handover.json.
    WriteRegStr HKCU "${CLASSES}\${TYPE}" "" "$(SET_UP_TYPE)"
    WriteRegStr HKCU "${CLASSES}\${TYPE}\DefaultIcon" "" "$INSTDIR\${PROGRAM},0"
    WriteRegStr HKCU "${CLASSES}\${TYPE}\shell\open\command" "" '"$INSTDIR\${PROGRAM}" --open "%1"'
    WriteRegStr HKCU "${CLASSES}\.json\OpenWithProgids" "${TYPE}" ""
    WriteRegStr HKCU "${CLASSES}\${VERB}" "MUIVerb" "$(CHECK_VERB)"
    WriteRegStr HKCU "${CLASSES}\${VERB}" "AppliesTo" 'System.FileName:~>".handover.json" OR System.FileName:~>".facts.json"'
    WriteRegStr HKCU "${CLASSES}\${VERB}" "Icon" "$INSTDIR\${PROGRAM},0"
    WriteRegStr HKCU "${CLASSES}\${VERB}\command" "" '"$INSTDIR\${PROGRAM}" --open "%1"'
    WriteRegStr HKCU "${CLASSES}\${LOG_IN}" "" "$(LOG_IN_TYPE)"
    WriteRegStr HKCU "${CLASSES}\${LOG_IN}\DefaultIcon" "" "$INSTDIR\${PROGRAM},0"
    WriteRegStr HKCU "${CLASSES}\${LOG_IN}\shell\open\command" "" '"$INSTDIR\${PROGRAM}" --open "%1"'
    WriteRegStr HKCU "${CLASSES}\.handoverlogin" "" "${LOG_IN}"
    System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)' ; menus and icons have changed
SectionEnd

Section "Uninstall"
    Call un.WaitUntilClosed
    SetOutPath "$TEMP" ; a folder that is somebody's current one cannot be removed
    ClearErrors
    !insertmacro REMOVE_FILES
    ${If} ${Errors}
        MessageBox MB_OK|MB_ICONSTOP "$(IN_USE_TEXT)" /SD IDOK
        SetErrorLevel 2
        Abort
    ${EndIf}
    !insertmacro REMOVE_FOLDERS
    ${GetParameters} $R0
    ClearErrors
    ${GetOptions} $R0 "/UPGRADE" $R1
    ${If} ${Errors} ; not for an upgrade
        Delete "$SMPROGRAMS\${NAME}.lnk"
        DeleteRegKey HKCU "${UNINSTALL_KEY}"
        DeleteRegKey HKCU "${PATH_KEY}"
        DeleteRegKey HKCU "${CLASSES}\${TYPE}"
        DeleteRegKey HKCU "${CLASSES}\${VERB}"
        DeleteRegKey HKCU "${CLASSES}\${LOG_IN}"
        DeleteRegKey HKCU "${CLASSES}\.handoverlogin"
        DeleteRegValue HKCU "${CLASSES}\.json\OpenWithProgids" "${TYPE}"
        DeleteRegKey /ifempty HKCU "${CLASSES}\.json\OpenWithProgids"
        DeleteRegKey /ifempty HKCU "${CLASSES}\.json"
        Delete "$INSTDIR\uninstall.exe"
        RMDir "$INSTDIR" ; only if nothing of somebody else is in it
        System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
    ${EndIf}
SectionEnd
