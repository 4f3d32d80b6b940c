/** Endings by which some system starts a file, or lets it start something, when somebody opens it. */
const ENDINGS =
  /\.(?:appimage|appref-ms|apk|app|appx|bash|bat|chm|cmd|com|command|cpl|csh|deb|desktop|dll|dmg|docm|dotm|elf|exe|gadget|hta|html?|inf|ins|iso|jar|jnlp|jse?|ksh|lnk|mjs|msc|msi|msix|msp|mst|pif|pkg|pl|potm|ppam|ppsm|pptm|ps1|psm1|py|pyw|rb|reg|rpm|run|scf|scr|sct|service|settingcontent-ms|sh|so|svgz?|sys|url|vbe?|vbs|wasm|website|workflow|wsc|wsf|wsh|xht|xhtml|xla|xlam|xlsm|xltm|xpi|zsh)$/i;

/** What the content itself says of programs. */
const TYPES =
  /^application\/(?:x-msdownload|x-dosexec|x-elf|x-executable|x-mach-binary|x-msi|x-apple-diskimage|x-sh|java-vm|x-java-archive|vnd\.android\.package-archive|x-deb|x-rpm|wasm|x-ms-shortcut|x\.apple\.alias|x-cfb)$/;

/** Whether a file is a program, or could act like one when it is opened: it is kept, and people are told so. */
export const isProgram = (name: string, mediaType: string): boolean => ENDINGS.test(name) || TYPES.test(mediaType);
