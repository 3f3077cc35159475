/** session.defaultSession: the permission handlers, asked as Chromium would ask them for our own page. */
type CheckHandler = (contents: unknown, permission: string, origin: string) => boolean;

type RequestHandler = (
  contents: unknown,
  permission: string,
  answer: (granted: boolean) => void,
  details: { requestingUrl: string },
) => void;

let check: CheckHandler = () => true;
let requestHandler: RequestHandler = (_contents, _permission, answer) => {
  answer(true);
};

function request(permission: string, origin: string): boolean {
  let granted = false;
  requestHandler(null, permission, (answer) => (granted = answer), { requestingUrl: origin });
  return granted;
}

export const session = {
  defaultSession: {
    setPermissionRequestHandler(handler: RequestHandler): void {
      requestHandler = handler;
    },
    setPermissionCheckHandler(handler: CheckHandler): void {
      check = handler;
    },
  },
};

/** What the product answers when a page of that origin asks for a permission. */
export function isGranted(permission: string, origin: string): boolean {
  return check(null, permission, origin) && request(permission, origin);
}

export function mediaIsGranted(): boolean {
  return check(null, 'media', 'app://ahoy/');
}
