/**
 * Facts: what happened in one domain, published to the clients of the contract and to the joints. Domains publish and
 * never listen; who listens is in `joints`, one file for each pair.
 */
import type { AhoyContract } from '../../common/contract/index.ts';
import type { EndedCall } from '../../common/model/call.ts';
import type { Failure } from '../../common/model/failure.ts';
import type { AccountId, CallId, ClientId } from '../../common/model/ids.ts';
import type { VoicemailBox } from '../../common/model/voicemail.ts';
import type { EventName, EventPayload } from '../../common/transport/names.ts';

/** The contract's events, which its clients receive as well; all but the one that is sent to a single window. */
type ContractFacts = { readonly [N in Exclude<EventName<AhoyContract>, 'media.requested'>]: EventPayload<AhoyContract, N> };

/** What no client receives. */
interface InnerFacts {
  readonly 'accounts.usable': { readonly accountId: AccountId };
  readonly 'accounts.disconnected': { readonly accountId: AccountId; readonly failure: Failure | null };
  readonly 'calls.ended': { readonly ended: EndedCall };
  readonly 'calls.windowWanted': { readonly callId: CallId };
  readonly 'calls.activeCountChanged': { readonly active: number };
  readonly 'media.requested': EventPayload<AhoyContract, 'media.requested'> & { readonly owner: ClientId };
  readonly 'media.ownerChanged': { readonly callId: CallId; readonly hasOwner: boolean };
  readonly 'voicemail.boxChanged': { readonly box: VoicemailBox; readonly before: VoicemailBox | null };
  readonly 'attention.changed': Readonly<Record<string, never>>;
  readonly 'reachability.changed': { readonly isReachable: boolean };
}

export type FactMap = ContractFacts & InnerFacts;
export type FactName = keyof FactMap;

export interface Facts {
  /** Calls everybody who listens, in the order in which they began to. Throws before `open`: nobody listens yet. */
  publish<N extends FactName>(name: N, fact: FactMap[N]): void;
  on<N extends FactName>(name: N, listener: (fact: FactMap[N]) => void): void;
  /** Everything is made and joined: from now on facts may be published. */
  open(): void;
}

export function createFacts(): Facts {
  const listeners = new Map<FactName, ((fact: never) => void)[]>();
  let isOpen = false;
  return {
    publish(name, fact) {
      if (!isOpen) throw new Error(`${name} was published while the core was being put together`);
      for (const listener of listeners.get(name) ?? []) (listener as (fact: unknown) => void)(fact);
    },
    on(name, listener) {
      listeners.set(name, [...(listeners.get(name) ?? []), listener]);
    },
    open() {
      isOpen = true;
    },
  };
}
