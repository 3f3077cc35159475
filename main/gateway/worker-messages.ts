/** What passes between the core and the thread that carries the media. */
import type { GatewayAddress, RtpProfile } from '../ports/media-gateway.ts';

export type Asked =
  | { readonly do: 'open'; readonly leg: number; readonly address: GatewayAddress }
  | { readonly do: 'outward'; readonly leg: number; readonly id: number; readonly sdp: string; readonly offered: RtpProfile | null }
  | { readonly do: 'inward'; readonly leg: number; readonly id: number; readonly sdp: string; readonly type: 'offer' | 'answer' }
  | { readonly do: 'close'; readonly leg: number };

export type Said =
  | { readonly say: 'answer'; readonly id: number; readonly sdp: string }
  | { readonly say: 'refused'; readonly id: number; readonly detail: string }
  | { readonly say: 'tone'; readonly leg: number; readonly tone: string }
  | { readonly say: 'failed'; readonly leg: number; readonly detail: string };
