/** A page's wish for microphone, camera or display, brought before the app's handlers each time. */
import type { FromPage } from './page-world.ts';
import type { WebContents } from './web-contents.ts';

/** The name of the refusal; null where the app lets it through. */
export async function refusalOf(contents: WebContents, asked: Extract<FromPage, { kind: 'capture' }>): Promise<string | null> {
  const { of, audio, video } = asked;
  const { session, mainFrame } = contents;
  const origin = `${mainFrame.origin}/`;
  if (of === 'user') {
    for (const kind of [...(audio ? (['audio'] as const) : []), ...(video ? (['video'] as const) : [])])
      if (!(await session.standInGrants(contents, 'media', origin, kind))) return 'NotAllowedError';
    return null;
  }
  if (!(await session.standInGrants(contents, 'display-capture', origin))) return 'NotAllowedError';
  return session.standInDisplayMedia({
    frame: mainFrame,
    securityOrigin: origin,
    videoRequested: video,
    audioRequested: audio,
    userGesture: true,
  });
}
