/** session.defaultSession: the permission handlers, asked as Chromium would ask them for our own page. */
type CheckHandler = (contents: unknown, permission: string, origin: string) => boolean;

let check: CheckHandler = () => true;

export const session = {
  defaultSession: {
    setPermissionRequestHandler: (): void => undefined,
    setPermissionCheckHandler(handler: CheckHandler): void {
      check = handler;
    },
  },
};

export function mediaIsGranted(): boolean {
  return check(null, 'media', 'app://ahoy/');
}
