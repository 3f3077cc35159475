; Tells Windows which links Ahoy can open: sip, sips, tel and ahoy, for this user only. electron-builder does nothing
; of the kind on Windows. Ahoy offers itself (Settings, Apps, Default apps); it never takes a link from another program.
; After "--" nothing is read as an option, so a link cannot be one. The quotes are Electron's, who compares the line.

!define AHOY_PROGID "Ahoy.Link"
!define AHOY_CAPABILITIES "Software\Ahoy\Capabilities"
!define AHOY_COMMAND '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" "--" "%1"'

!macro ahoyWriteLinkClass KEY
  WriteRegStr HKCU "Software\Classes\${KEY}" "" "URL:Ahoy link"
  WriteRegStr HKCU "Software\Classes\${KEY}" "URL Protocol" ""
  WriteRegStr HKCU "Software\Classes\${KEY}\DefaultIcon" "" "$INSTDIR\${APP_EXECUTABLE_FILENAME},0"
  WriteRegStr HKCU "Software\Classes\${KEY}\shell\open\command" "" '${AHOY_COMMAND}'
!macroend

; Only what leads to us: the user may have chosen Ahoy in its settings, or another program since.
!macro ahoyRemoveLinkClass KEY
  ReadRegStr $R1 HKCU "Software\Classes\${KEY}\shell\open\command" ""
  ${if} $R1 == '${AHOY_COMMAND}'
    DeleteRegKey HKCU "Software\Classes\${KEY}"
  ${endIf}
!macroend

!macro customInstall
  !insertmacro ahoyWriteLinkClass "${AHOY_PROGID}"
  ; The scheme of our own has no other owner.
  !insertmacro ahoyWriteLinkClass "ahoy"

  WriteRegStr HKCU "${AHOY_CAPABILITIES}" "ApplicationName" "Ahoy"
  WriteRegStr HKCU "${AHOY_CAPABILITIES}" "ApplicationDescription" "Chat, presence and calls with any SIP server"
  WriteRegStr HKCU "${AHOY_CAPABILITIES}" "ApplicationIcon" "$INSTDIR\${APP_EXECUTABLE_FILENAME},0"
  WriteRegStr HKCU "${AHOY_CAPABILITIES}\URLAssociations" "sip" "${AHOY_PROGID}"
  WriteRegStr HKCU "${AHOY_CAPABILITIES}\URLAssociations" "sips" "${AHOY_PROGID}"
  WriteRegStr HKCU "${AHOY_CAPABILITIES}\URLAssociations" "tel" "${AHOY_PROGID}"
  WriteRegStr HKCU "${AHOY_CAPABILITIES}\URLAssociations" "ahoy" "${AHOY_PROGID}"
  WriteRegStr HKCU "Software\RegisteredApplications" "Ahoy" "${AHOY_CAPABILITIES}"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, i 0, i 0)'
!macroend

!macro customUnInstall
  ; An update uninstalls the old version first; the user's choice of a program must outlive that.
  ${ifNot} ${isUpdated}
    DeleteRegValue HKCU "Software\RegisteredApplications" "Ahoy"
    DeleteRegKey HKCU "${AHOY_CAPABILITIES}"
    DeleteRegKey /ifempty HKCU "Software\Ahoy"
    !insertmacro ahoyRemoveLinkClass "${AHOY_PROGID}"
    !insertmacro ahoyRemoveLinkClass "ahoy"
    !insertmacro ahoyRemoveLinkClass "sip"
    !insertmacro ahoyRemoveLinkClass "sips"
    !insertmacro ahoyRemoveLinkClass "tel"
    System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, i 0, i 0)'
  ${endIf}
!macroend
