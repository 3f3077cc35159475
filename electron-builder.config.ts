/**
 * How the packages are made: Windows (NSIS), macOS (dmg, zip), Linux (AppImage, deb, rpm). What goes inside is listed
 * once more, by hand, in scripts/dist-files.ts; `npm run dist:check` compares. Explained in docs/packaging.md.
 */
import { join } from 'node:path';
import type { Configuration, FileSet } from 'electron-builder';

const BUILD = 'resources/build';
const PREBUILDS = 'node_modules/better-sqlite3/prebuilds';
const METAINFO = 'org.ahoy.Ahoy.metainfo.xml';
/** Where a built Ahoy looks for updates. Without it Ahoy looks nowhere, unless the user names an address. */
const updateUrl = process.env['AHOY_UPDATE_URL'];
/** A Mac signature without a certificate has no team, so the system would refuse Electron's own framework. */
const isSignedForMac = Boolean(process.env['CSC_LINK'] ?? process.env['CSC_NAME']);
const macEntitlements = `${BUILD}/entitlements.${isSignedForMac ? 'mac' : 'mac-unsigned'}.plist`;

/** better-sqlite3's binary for a target, as a file set with a place of its own. */
const prebuilds = (...filter: string[]): FileSet[] => [{ from: PREBUILDS, to: PREBUILDS, filter }];
/** fpm runs anywhere, so the path has to be whole. */
const fpm = [`${join(import.meta.dirname, BUILD, METAINFO)}=/usr/share/metainfo/${METAINFO}`];
/** After `--` nothing is read as an option, so a link cannot be one. */
const linkArguments = ['--', '%u'];

export default {
  appId: 'org.ahoy.Ahoy',
  productName: 'Ahoy',
  copyright: 'The Ahoy authors',
  directories: { output: 'release', buildResources: BUILD },
  artifactName: '${productName}-${version}-${os}-${arch}.${ext}',
  // Nowhere else as bare patterns: a platform's own patterns stand beside these, and alone they mean everything.
  files: [
    'package.json',
    'out/main/electron.js',
    'out/main/chunks/*.js',
    'out/preload/index.cjs',
    'out/renderer/*.html',
    'out/renderer/*.svg',
    'out/renderer/assets/*',
    'resources/icon.png',
    'resources/tray/**/*.png',
    'resources/overlay/*.png',
    '!**/*.map',
    // Only for the Node host, or only for compiling.
    '!**/node_modules/@napi-rs/**',
    '!**/node_modules/node-{linux,win}-*/**',
    '!**/node_modules/node-addon-api/**',
    '!**/node_modules/better-sqlite3/{deps,src,build}/**',
    '!**/node_modules/better-sqlite3/{binding.gyp,README.md}',
    '!**/node_modules/better-sqlite3/lib/{darwin,linux,linuxmusl,win32}-*.js',
    // Eight systems' binaries; each platform adds its own below.
    '!**/node_modules/better-sqlite3/prebuilds/**',
  ],
  extraResources: [
    { from: 'LICENSE', to: 'licenses/ahoy.txt' },
    { from: 'out/main/.vite/license.md', to: 'licenses/core.md' },
    { from: 'out/renderer/.vite/license.md', to: 'licenses/windows.md' },
    { from: 'node_modules/better-sqlite3/LICENSE', to: 'licenses/better-sqlite3.txt' },
    { from: 'resources/licenses/more.md', to: 'licenses/more.md' },
    { from: 'resources/build/updater.yml', to: 'updater.yml' },
    { from: process.env['AHOY_UPDATE_KEYS'] ?? 'resources/build/update-keys.pem', to: 'update-keys.pem' },
  ],
  // Only the binary lies beside the asar: scripts there would be outside its integrity check.
  asar: { smartUnpack: false },
  asarUnpack: ['**/*.node'],
  npmRebuild: false,
  electronLanguages: ['en-US'],
  toolsets: { appimage: '1.0.3' },
  electronFuses: {
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    grantFileProtocolExtraPrivileges: false,
  },
  protocols: [{ name: 'Calls and messages', schemes: ['sip', 'sips', 'tel', 'ahoy'], role: 'Viewer' }],
  publish: updateUrl ? [{ provider: 'generic', url: updateUrl }] : null,

  win: {
    icon: `${BUILD}/icon.ico`,
    target: [{ target: 'nsis', arch: ['x64', 'arm64'] }],
    files: prebuilds('win32-${arch}.node'),
  },
  nsis: {
    oneClick: true,
    perMachine: false,
    allowElevation: false,
    packElevateHelper: false,
    buildUniversalInstaller: false,
    deleteAppDataOnUninstall: false,
    include: `${BUILD}/installer.nsh`,
  },

  mac: {
    icon: `${BUILD}/icon.icns`,
    category: 'public.app-category.social-networking',
    target: [
      { target: 'dmg', arch: ['universal'] },
      { target: 'zip', arch: ['universal'] },
    ],
    // One package for both kinds of Mac: each half carries both binaries, so that the halves can be joined.
    files: prebuilds('darwin-x64.node', 'darwin-arm64.node'),
    x64ArchFiles: '**/prebuilds/darwin-*.node',
    hardenedRuntime: true,
    // Without a certificate signed with none: an unsigned program does not start on an Apple processor at all.
    ...(isSignedForMac ? {} : { identity: '-' }),
    entitlements: macEntitlements,
    entitlementsInherit: macEntitlements,
    extendInfo: {
      NSMicrophoneUsageDescription: 'Ahoy uses the microphone in calls, so that the other person hears you.',
      NSCameraUsageDescription: 'Ahoy uses the camera in video calls, so that the other person sees you.',
    },
  },

  linux: {
    icon: `${BUILD}/icons`,
    executableName: 'ahoy',
    syncDesktopName: true,
    target: [
      { target: 'AppImage', arch: ['x64', 'arm64'] },
      { target: 'deb', arch: ['x64', 'arm64'] },
      { target: 'rpm', arch: ['x64', 'arm64'] },
    ],
    category: 'Network;InstantMessaging;Telephony',
    synopsis: 'Chat, presence and calls with any SIP server',
    maintainer: 'The Ahoy authors <ahoy@ahoy.invalid>',
    vendor: 'The Ahoy authors',
    files: prebuilds('linux-${arch}.node'),
    desktop: {
      entry: {
        GenericName: 'SIP client',
        Keywords: 'sip;voip;phone;call;video;chat;message;presence;',
        StartupNotify: 'true',
        'X-GNOME-UsesNotifications': 'true',
      },
    },
  },
  // The AppImage's own `%U` follows by itself.
  appImage: { executableArgs: ['--'] },
  deb: {
    executableArgs: linkArguments,
    fpm,
    depends: [
      'libgtk-3-0t64 | libgtk-3-0',
      'libatspi2.0-0t64 | libatspi2.0-0',
      'libasound2t64 | libasound2',
      'libgbm1',
      'libnotify4',
      'libnss3',
      'libsecret-1-0',
      'libuuid1',
      'libxss1',
      'libxtst6',
      'xdg-utils',
    ],
    recommends: [],
  },
  rpm: {
    executableArgs: linkArguments,
    fpm,
    depends: [
      'gtk3',
      'at-spi2-core',
      '(alsa-lib or libasound2)',
      '(mesa-libgbm or libgbm1)',
      'libnotify',
      'nss',
      '(libsecret or libsecret-1-0)',
      '(libuuid or libuuid1)',
      '(libXScrnSaver or libXss1)',
      '(libXtst or libXtst6)',
      'xdg-utils',
    ],
  },
} satisfies Configuration;
