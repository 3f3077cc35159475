/**
 * The parts of JsSIP 3.13.8 this room uses, private ones included where an amendment needs them. JsSIP's own
 * declarations want the DOM and leave the deep modules out.
 */
declare module 'jssip/lib/URI.js' {
  export default class URI {
    static parse(text: string): URI | undefined;
    constructor(scheme: string, user: string | null, host: string, port?: number | null, parameters?: Record<string, string | null>);
    scheme: string;
    user: string | null;
    host: string;
    port: number | null;
    getParam(name: string): string | null | undefined;
    setParam(name: string, value: string | null): void;
    toAor(): string;
    toString(): string;
    clone(): URI;
  }
}

declare module 'jssip/lib/NameAddrHeader.js' {
  import type URI from 'jssip/lib/URI.js';
  export default class NameAddrHeader {
    static parse(text: string): NameAddrHeader | undefined;
    readonly uri: URI;
    readonly display_name: string | null | undefined;
    getParam(name: string): string | null | undefined;
    hasParam(name: string): boolean;
    toString(): string;
  }
}

declare module 'jssip/lib/Constants.js' {
  const Constants: {
    ALLOWED_METHODS: string;
    ACCEPTED_BODY_TYPES: string;
    REASON_PHRASE: Record<number, string>;
    causes: Record<string, string>;
  };
  export default Constants;
}

declare module 'jssip/lib/Utils.js' {
  const Utils: { createRandomToken(size: number, base?: number): string; newTag(): string; newUUID(): string };
  export default Utils;
}

declare module 'jssip/lib/Timers.js' {
  const Timers: Record<string, number>;
  export default Timers;
}

declare module 'jssip/lib/SIPMessage.js' {
  import type NameAddrHeader from 'jssip/lib/NameAddrHeader.js';
  import type UA from 'jssip/lib/UA.js';
  import type URI from 'jssip/lib/URI.js';
  import type { ServerTransaction } from 'jssip/lib/Transactions.js';

  export interface RequestParams {
    to_uri?: URI;
    from_uri?: URI;
    from_tag?: string;
    to_tag?: string;
    call_id?: string;
    cseq?: number;
    route_set?: readonly string[];
  }
  class OutgoingRequest {
    constructor(method: string, target: URI, ua: UA, params?: RequestParams, extraHeaders?: readonly string[], body?: string | null);
    method: string;
    ruri: URI;
    cseq: number;
    call_id: string;
    body: string | null | undefined;
    setHeader(name: string, value: string | readonly string[]): void;
    getHeader(name: string): string | undefined;
    getHeaders(name: string): string[];
    clone(): OutgoingRequest;
    toString(): string;
  }
  class IncomingMessage {
    data: string;
    method: string;
    call_id: string;
    cseq: number;
    from: NameAddrHeader;
    to: NameAddrHeader;
    from_tag: string;
    to_tag: string | undefined;
    via_branch: string;
    body: string | null;
    getHeader(name: string): string | undefined;
    getHeaders(name: string): string[];
    hasHeader(name: string): boolean;
    setHeader(name: string, value: string): void;
  }
  class IncomingRequest extends IncomingMessage {
    ruri: URI;
    server_transaction: ServerTransaction;
    event?: { event: string };
    reply(status: number, reason?: string | null, headers?: readonly string[], body?: string | null): void;
    reply_sl(status: number, reason?: string | null): void;
  }
  class IncomingResponse extends IncomingMessage {
    status_code: number;
    reason_phrase: string;
  }
  const SIPMessage: {
    OutgoingRequest: typeof OutgoingRequest;
    IncomingMessage: typeof IncomingMessage;
    IncomingRequest: typeof IncomingRequest;
    IncomingResponse: typeof IncomingResponse;
  };
  export type { OutgoingRequest, IncomingMessage, IncomingRequest, IncomingResponse };
  export default SIPMessage;
}

declare module 'jssip/lib/Transactions.js' {
  import type { EventEmitter } from 'node:events';
  import type UA from 'jssip/lib/UA.js';
  import type { OutgoingRequest } from 'jssip/lib/SIPMessage.js';

  export interface ServerTransaction extends EventEmitter {
    state: number;
  }
  class ClientTransaction {
    constructor(ua: UA, transport: unknown, request: OutgoingRequest, eventHandlers: unknown);
    type: 'ict' | 'nict' | undefined;
    id: string;
    state: number;
    request: OutgoingRequest;
  }
  class NonInviteServerTransaction {
    state: number;
    J: NodeJS.Timeout | undefined;
    timer_J(): void;
    receiveResponse(status: number, response: string, onSuccess?: () => void, onFailure?: () => void): void;
  }
  const Transactions: {
    C: Record<string, number>;
    NonInviteClientTransaction: typeof ClientTransaction;
    InviteClientTransaction: typeof ClientTransaction;
    AckClientTransaction: typeof ClientTransaction;
    NonInviteServerTransaction: typeof NonInviteServerTransaction;
  };
  export type { ClientTransaction, NonInviteServerTransaction };
  export default Transactions;
}

declare module 'jssip/lib/RequestSender.js' {
  import type UA from 'jssip/lib/UA.js';
  import type { IncomingResponse, OutgoingRequest } from 'jssip/lib/SIPMessage.js';
  export interface RequestHandlers {
    onRequestTimeout?(): void;
    onTransportError?(): void;
    onReceiveResponse?(response: IncomingResponse): void;
    onAuthenticated?(request: OutgoingRequest): void;
  }
  export default class RequestSender {
    constructor(ua: UA, request: OutgoingRequest, handlers: RequestHandlers);
    _ua: UA;
    _method: string;
    _request: OutgoingRequest;
    _eventHandlers: Required<RequestHandlers>;
    send(): void;
    _receiveResponse(response: IncomingResponse): void;
  }
}

declare module 'jssip/lib/Dialog.js' {
  import type { IncomingMessage, IncomingRequest, IncomingResponse, OutgoingRequest } from 'jssip/lib/SIPMessage.js';
  export interface DialogRequestOptions {
    extraHeaders?: readonly string[];
    body?: string | null;
    eventHandlers?: {
      onSuccessResponse?(response: IncomingResponse): void;
      onErrorResponse?(response: IncomingResponse): void;
      onRequestTimeout?(): void;
      onTransportError?(): void;
      onDialogError?(): void;
    };
  }
  export default class Dialog {
    constructor(owner: unknown, message: IncomingMessage, type: 'UAC' | 'UAS', state?: number);
    /** Set instead of everything else where the dialog could not be made. */
    error?: string;
    id: { call_id: string; local_tag: string; remote_tag: string };
    _owner: { _rtcReady?: boolean };
    _uac_pending_reply: boolean;
    _checkInDialogRequest(request: IncomingRequest): boolean;
    sendRequest(method: string, options?: DialogRequestOptions): OutgoingRequest;
    receiveRequest(request: IncomingRequest): void;
    terminate(): void;
  }
}

declare module 'jssip/lib/Dialog/RequestSender.js' {
  import type { IncomingResponse } from 'jssip/lib/SIPMessage.js';
  export default class DialogRequestSender {
    _eventHandlers: { onErrorResponse(response: IncomingResponse): void };
    _receiveResponse(response: IncomingResponse): void;
  }
}

declare module 'jssip/lib/RTCSession.js' {
  import type { EventEmitter } from 'node:events';
  import type Dialog from 'jssip/lib/Dialog.js';
  import type { DialogRequestOptions } from 'jssip/lib/Dialog.js';
  import type { IncomingRequest, IncomingResponse, OutgoingRequest } from 'jssip/lib/SIPMessage.js';

  export interface RtcConnection {
    readonly signalingState: string;
    readonly localDescription: { readonly type: string; readonly sdp: string } | null;
    readonly remoteDescription: { readonly type: string; readonly sdp: string } | null;
    setLocalDescription(description: { type: string; sdp: string }): Promise<void>;
  }
  export interface ReofferOptions {
    eventHandlers?: { succeeded?(response?: IncomingResponse): void; failed?(response?: IncomingResponse): void };
    extraHeaders?: readonly string[];
    rtcOfferConstraints?: { iceRestart?: boolean };
  }
  export interface TerminateOptions {
    status_code?: number;
    reason_phrase?: string;
    cause?: string;
    extraHeaders?: readonly string[];
  }
  export default class RTCSession extends EventEmitter {
    static readonly C: Readonly<
      Record<
        | 'STATUS_INVITE_SENT'
        | 'STATUS_1XX_RECEIVED'
        | 'STATUS_WAITING_FOR_ANSWER'
        | 'STATUS_ANSWERED'
        | 'STATUS_WAITING_FOR_ACK'
        | 'STATUS_TERMINATED'
        | 'STATUS_CONFIRMED',
        number
      >
    >;
    readonly id: string;
    readonly status: number;
    readonly direction: 'incoming' | 'outgoing';
    _status: number;
    _request: IncomingRequest & OutgoingRequest;
    _connection: RtcConnection | null;
    _connectionPromiseQueue: Promise<unknown>;
    _dialog: Dialog | null | undefined;
    _contact: string | null;
    _is_canceled: boolean;
    _is_confirmed: boolean;
    _localHold: boolean;
    _remoteHold: boolean;
    _audioMuted: boolean;
    _videoMuted: boolean;
    isEnded(): boolean;
    isEstablished(): boolean;
    isOnHold(): { local: boolean; remote: boolean };
    isReadyToReOffer(): boolean;
    answer(options: Record<string, unknown>): void;
    terminate(options?: TerminateOptions): void;
    sendDTMF(tones: string, options?: Record<string, unknown>): void;
    sendRequest(method: string, options?: DialogRequestOptions): OutgoingRequest;
    receiveRequest(request: IncomingRequest): void;
    onTransportError(): void;
    onRequestTimeout(): void;
    onDialogError(): void;
    _setLocalMediaStatus(): void;
    _sendReinvite(options?: ReofferOptions): void;
    _receiveInviteResponse(response: IncomingResponse): void;
    _processInDialogSdpOffer(request: IncomingRequest): Promise<string | undefined>;
    _receiveRefer(request: IncomingRequest): void;
    _receiveReplaces(request: IncomingRequest): void;
    _createDialog(message: IncomingRequest | IncomingResponse, type: 'UAC' | 'UAS', early?: boolean): boolean;
  }
}

declare module 'jssip/lib/Subscriber.js' {
  import type { EventEmitter } from 'node:events';
  import type UA from 'jssip/lib/UA.js';
  import type { IncomingRequest, IncomingResponse } from 'jssip/lib/SIPMessage.js';
  export default class Subscriber extends EventEmitter {
    static readonly C: Record<string, number>;
    constructor(
      ua: UA,
      target: string,
      eventName: string,
      accept: string,
      options: { expires?: number; params?: Record<string, unknown>; extraHeaders?: readonly string[] },
    );
    _state: number;
    _terminated: boolean;
    _ua: UA;
    subscribe(): void;
    terminate(): void;
    receiveRequest(request: IncomingRequest): void;
    _receiveSubscribeResponse(response: IncomingResponse): void;
    _scheduleSubscribe(expires: number): void;
    _terminateDialog(code: number, reason?: string, retryAfter?: number): void;
    _sendInitialSubscribe(body: string | null, headers: string[]): void;
  }
}

declare module 'jssip/lib/Parser.js' {
  import type UA from 'jssip/lib/UA.js';
  import type { IncomingMessage } from 'jssip/lib/SIPMessage.js';
  const Parser: { parseMessage: (text: string, ua: UA) => IncomingMessage | undefined };
  export default Parser;
}

declare module 'jssip/lib/UA.js' {
  import type { EventEmitter } from 'node:events';
  import type RTCSession from 'jssip/lib/RTCSession.js';
  import type { IncomingRequest } from 'jssip/lib/SIPMessage.js';
  import type URI from 'jssip/lib/URI.js';

  export interface Socket {
    readonly url: string;
    readonly via_transport: string;
    readonly sip_uri: string;
    connect(): void;
    disconnect(): void;
    send(message: string): boolean;
    onconnect(): void;
    ondisconnect(error: boolean, code?: number, reason?: string): void;
    ondata(message: string): void;
  }
  export interface Transport {
    connect(): void;
    disconnect(): void;
    send(message: { toString(): string }): boolean;
    isConnected(): boolean;
    isConnecting(): boolean;
    _reconnect(): void;
  }
  export interface JsMessage {
    accept(options?: { extraHeaders?: readonly string[] }): void;
    reject(options: { status_code: number; reason_phrase?: string; extraHeaders?: readonly string[] }): void;
  }
  export default class UA extends EventEmitter {
    constructor(configuration: Record<string, unknown>);
    readonly transport: Transport;
    readonly contact: { uri: URI; toString(options?: { outbound?: boolean }): string };
    readonly configuration: {
      readonly uri: URI;
      readonly password: string | null;
      readonly authorization_user: string;
      readonly via_host: string;
      readonly registrar_server: URI;
    };
    readonly status: number;
    readonly _sessions: Record<string, RTCSession>;
    readonly _transactions: Record<'nist' | 'nict' | 'ist' | 'ict', Record<string, unknown>>;
    call(target: URI, options: Record<string, unknown>): RTCSession;
    receiveRequest(request: IncomingRequest): void;
  }
}
