/** The media of a colleague who sends your own voice back: real ICE, DTLS and SRTP, by werift. */
import { MediaStreamTrack, RTCPeerConnection, useOPUS, usePCMU } from 'werift';

export interface EchoMedia {
  /** The answer to the caller's offer; video is refused. */
  answer(offer: string): Promise<string>;
  close(): Promise<void>;
}

const LOOPBACK = '127.0.0.1';

export function openEchoMedia(): EchoMedia {
  const connection = new RTCPeerConnection({
    // Bound to loopback only: the practice exchange is nobody else's business.
    iceUseIpv4: false,
    iceUseIpv6: false,
    iceUseTcp: false,
    iceAdditionalHostAddresses: [LOOPBACK],
    iceInterfaceAddresses: { udp4: LOOPBACK },
    iceServers: [],
    codecs: { audio: [useOPUS(), usePCMU()], video: [] },
  });
  const back = new MediaStreamTrack({ kind: 'audio' });

  connection.onTrack.subscribe((track) => {
    if (track.kind !== 'audio') return;
    let audioType: number | null = null;
    track.onReceiveRtp.subscribe((packet) => {
      // Tones (telephone-event) come with another payload type and are not echoed as voice.
      audioType ??= packet.header.payloadType;
      if (packet.header.payloadType === audioType) back.writeRtp(packet.clone());
    });
  });

  return {
    async answer(offer) {
      await connection.setRemoteDescription({ type: 'offer', sdp: offer });
      for (const transceiver of connection.getTransceivers()) {
        if (transceiver.kind === 'audio') {
          await transceiver.sender.replaceTrack(back);
          transceiver.setDirection('sendrecv');
        } else transceiver.setDirection('inactive');
      }
      const description = await connection.createAnswer();
      await connection.setLocalDescription(description);
      return connection.localDescription?.sdp ?? description.sdp;
    },
    close: () => connection.close(),
  };
}
