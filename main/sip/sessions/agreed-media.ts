/** What the two sides have agreed on, once the call is answered and after each offer and answer: pictures, and protection. */
import type { MediaProtection } from '../../../common/model/call.ts';
import type { SessionEvents } from '../../ports/sip-stack.ts';
import type { SessionMedia } from '../media-seam/session-media.ts';
import { protectionOf } from './media-protection.ts';
import { agreesOnVideo } from './session-description.ts';

export class AgreedMedia {
  hasVideo = false;
  private readonly media: SessionMedia;
  private readonly isSignallingSecure: boolean;
  private readonly events: Pick<SessionEvents, 'answered' | 'videoChanged' | 'protectionChanged'>;
  private protection: MediaProtection | null = null;
  private isAnswered = false;

  constructor(
    media: SessionMedia,
    isSignallingSecure: boolean,
    events: Pick<SessionEvents, 'answered' | 'videoChanged' | 'protectionChanged'>,
  ) {
    this.media = media;
    this.isSignallingSecure = isSignallingSecure;
    this.events = events;
  }

  /** Once: what comes before is not agreed on yet. */
  answered(): void {
    if (this.isAnswered) return;
    this.isAnswered = true;
    this.hasVideo = this.agreesOnVideo();
    this.events.answered(this.hasVideo);
    this.compareProtection();
  }

  compare(): void {
    if (!this.isAnswered) return;
    const hasVideo = this.agreesOnVideo();
    if (hasVideo !== this.hasVideo) {
      this.hasVideo = hasVideo;
      this.events.videoChanged(hasVideo);
    }
    this.compareProtection();
  }

  private agreesOnVideo(): boolean {
    const { localDescription, remoteDescription } = this.media.state;
    return agreesOnVideo(localDescription?.sdp, remoteDescription?.sdp);
  }

  private compareProtection(): void {
    const protection = protectionOf(this.media.state.remoteDescription?.sdp ?? '', this.isSignallingSecure);
    if (protection === null || protection === this.protection) return;
    this.protection = protection;
    this.events.protectionChanged(protection);
  }
}
