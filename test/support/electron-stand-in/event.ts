/** The event objects that Electron hands to listeners: preventable, with the event's own fields beside. */
export type PreventableEvent<Params extends object = object> = Params & { preventDefault: () => void; defaultPrevented: boolean };

export function makeEvent<Params extends object>(params: Params): PreventableEvent<Params> {
  const event = {
    ...params,
    defaultPrevented: false,
    preventDefault: () => {
      event.defaultPrevented = true;
    },
  };
  return event;
}

export const plainEvent = (): PreventableEvent => makeEvent({});
