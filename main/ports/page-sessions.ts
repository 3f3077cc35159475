/** The browsers that are signed in to the host, as the core shows them and ends them. */
import type { SignedInPage } from '../../common/model/page-session.ts';

export interface PageSessions {
  present(): readonly SignedInPage[];
  /** Registers the one listener for changes of what is present. */
  onChange(listener: () => void): void;
  /** Its pages lose their connection at once. False where there is no such session. */
  end(id: string): boolean;
}
