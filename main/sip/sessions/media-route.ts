/** The way that a leg's media goes at the moment, and the gateway's part in it: opened when it is first needed, closed with the leg. */
import type { GatewayAddress, GatewayEvents, GatewayLeg, MediaGateway } from '../../ports/media-gateway.ts';
import type { SessionMedia } from '../media-seam/session-media.ts';
import type { MediaWay } from './media-way.ts';

export class MediaRoute {
  private readonly media: SessionMedia;
  private readonly gateway: MediaGateway | null;
  private readonly address: () => GatewayAddress | null;
  private readonly events: GatewayEvents;
  private leg: GatewayLeg | null = null;

  /** `address`: where the gateway is bound; null without a connection. */
  constructor(media: SessionMedia, gateway: MediaGateway | null, address: () => GatewayAddress | null, events: GatewayEvents) {
    this.media = media;
    this.gateway = gateway;
    this.address = address;
    this.events = events;
  }

  /** From now on descriptions go this way. An offer that was refused may have gone another. */
  use(way: MediaWay): void {
    const address = this.address();
    if (way === 'browser' || this.gateway === null || address === null) {
      this.media.useNoGateway();
      return;
    }
    this.leg ??= this.gateway.open(address, this.events);
    this.media.useGateway(this.leg, way);
  }

  close(): void {
    this.leg?.close();
  }
}
