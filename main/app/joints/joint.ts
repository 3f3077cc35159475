/** What one domain does about what happened in another. Registered once, when the core is made. */
import type { AppAdapters } from '../adapters.ts';
import type { Core } from '../compose.ts';
import type { Facts } from '../facts.ts';

export type Joint = (facts: Facts, core: Core, adapters: AppAdapters) => void;
