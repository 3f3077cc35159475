/** What the commands of a domain may use, and the shape in which a domain is served. */
import type { AhoyContract, DomainName } from '../../../common/contract/index.ts';
import type { Handlers } from '../../../common/transport/server.ts';
import type { AppAdapters } from '../adapters.ts';
import type { Core } from '../compose.ts';

export interface Served {
  readonly core: Core;
  readonly adapters: AppAdapters;
  readonly startedAtMs: number;
  /** Resolves when the secrets were opened at the start, or could not be. */
  readonly secretsTried: Promise<null>;
}

export type Serve<D extends DomainName> = (served: Served) => Handlers<AhoyContract>[D];
