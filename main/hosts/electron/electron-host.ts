/**
 * The Electron host: first what the core needs of it (windows, alerts, desktop, capabilities), then, once the core is
 * made, everything that talks to it: pages, tray, keys, links, power, and the end.
 */
import { join } from 'node:path';
import { app as electron } from 'electron';
import type { HostCapabilities } from '../../../common/model/host.ts';
import type { App } from '../../app/app.ts';
import { forgivingValues } from '../../app/forgiving-values.ts';
import type { AlertDisplay } from '../../ports/alert-display.ts';
import type { DesktopPort } from '../../ports/desktop-port.ts';
import type { HostWindows } from '../../ports/host-windows.ts';
import type { ValueStore } from '../../ports/history-store.ts';
import type { Logger } from '../../ports/logger.ts';
import type { ReportDefect } from '../../system/defects.ts';
import { watchNetwork } from '../../system/network-watch.ts';
import { createAlertActions } from './alerts/alert-actions.ts';
import { alertCapability, createNotifications, type AlertActions } from './alerts/notifications.ts';
import { setAppMenu } from './shell/app-menu.ts';
import { keepBadge } from './tray/badge.ts';
import type { CommandLine } from './launch/command-line.ts';
import { serveContract } from './pages/ipc-endpoint.ts';
import { followCore, type CoreMirror } from './shell/core-mirror.ts';
import { createDesktop } from './desktop/electron-desktop.ts';
import { createEndQuestion } from './shell/end-question.ts';
import { createExternalLinks } from './links/external-links.ts';
import { createLaunchRequests } from './launch/launch-requests.ts';
import { servePages } from './pages/pages-protocol.ts';
import { restrictPermissions } from './pages/permissions.ts';
import { followPower, stayAwakeInCalls } from './shell/power.ts';
import { onSecondStart } from './launch/single-instance.ts';
import { createShellActions, type ShellActions } from './shell/shell-actions.ts';
import { createTray } from './tray/tray.ts';
import { createWindows } from './windows/windows.ts';

export interface ElectronHost {
  readonly windows: HostWindows;
  readonly alerts: AlertDisplay;
  readonly desktop: DesktopPort;
  readonly capabilities: HostCapabilities;
  /** Shows the first window, starts the core and joins the desktop to it. */
  start(app: App, line: CommandLine): Promise<void>;
}

/** The windows that wait to be wanted are made when the first one had its time. */
const PREPARE_MS = 1_500;

export function createElectronHost(
  builtDirectory: string,
  values: ValueStore,
  hasTray: boolean,
  logger: Logger,
  report: ReportDefect,
): ElectronHost {
  let app: App | null = null;
  let shell: ShellActions | null = null;
  let alertActions: AlertActions | null = null;
  let mirror: CoreMirror | null = null;
  const alerts = createNotifications(() => alertActions);
  const desktop = createDesktop(logger, {
    pressed(action) {
      switch (action) {
        case 'answer':
          shell?.answerOrHangUp();
          return;
        case 'mute':
          shell?.toggleMute();
          return;
        case 'open':
          app?.requestFront();
          return;
        case 'dial':
          windows.openDial();
          return;
        case 'call-clipboard':
          shell?.callClipboard();
      }
    },
    aboutToInstall: () => {
      windows.quitting();
    },
  });
  const question = createEndQuestion();
  const openExternal = createExternalLinks(
    {
      isTrusted: (host) => app?.settings().trustedLinkHosts.includes(host) ?? false,
      trust: (host) => {
        void mirror?.ask.settings.trustLinkHost({ host });
      },
      wished: (url) => {
        openLink(url);
      },
    },
    logger,
  );
  const windows = createWindows(join(builtDirectory, 'preload'), forgivingValues(values, logger), logger, {
    staysInTray: () => hasTray && (app?.settings().closeToTray ?? false),
    hiddenFirst: () => {
      alerts.show('stays in tray', { kind: 'stays-in-tray' });
    },
    lastClosed: () => {
      // On macOS an application goes on without windows.
      if (process.platform !== 'darwin') electron.quit();
    },
    linkClicked: openExternal,
    isTalking: (callId) => mirror?.state.calls.get(callId)?.state === 'active',
    mayEndCall: (window) => question.closeCall(window),
  });
  let openLink: (url: string) => void = () => undefined;

  function endWith(running: App): void {
    let stopped = false;
    electron.on('before-quit', (event) => {
      windows.quitting();
      if (stopped) return;
      event.preventDefault();
      void running.stop().finally(() => {
        stopped = true;
        electron.quit();
      });
    });
  }

  return {
    windows,
    alerts,
    desktop,
    capabilities: {
      windows: true,
      tray: hasTray,
      alerts: alertCapability(process.platform),
      incomingCard: true,
      idle: true,
      links: true,
      autostart: true,
      globalShortcuts: true,
      updates: electron.isPackaged,
    },
    async start(running, line) {
      app = running;
      endWith(running);
      setAppMenu(() => shell?.quit());
      restrictPermissions();
      await servePages(join(builtDirectory, 'renderer'));
      serveContract(
        (transport, kind) => {
          running.connect(transport, kind);
        },
        logger,
        report,
      );
      // Before the first page: a dictionary that nobody wants is not loaded.
      desktop.setSpellCheck(running.settings().spellCheck);
      if (!line.startedBySystem || !running.settings().startMinimised) windows.main.show();
      else if (hasTray) windows.main.prepare();
      else windows.main.minimise();

      mirror = await followCore(running, logger);
      shell = createShellActions(running, windows, mirror, question);
      alertActions = createAlertActions(running, mirror, shell);
      const launchRequests = createLaunchRequests(running, mirror, shell);
      openLink = (url) => {
        launchRequests.openLink(url);
      };
      if (hasTray) createTray(mirror, shell);
      keepBadge(mirror, () => windows.main.present());
      stayAwakeInCalls(mirror);
      followPower(running);
      watchNetwork(() => {
        running.networkChanged();
      }, report);
      electron.on('activate', () => {
        windows.openMain();
      });
      onSecondStart({
        started: (second) => {
          launchRequests.carryOut(second.requests);
        },
        linkOpened: (url) => {
          launchRequests.openLink(url);
        },
      });
      await running.start();
      if (line.requests.length > 0) launchRequests.carryOut(line.requests);
      setTimeout(() => {
        windows.prepare();
        void desktop.refresh();
      }, PREPARE_MS);
    },
  };
}
