/**
 * What carries the contract: structured-cloneable (and JSON-safe) messages, in order, both ways, until closed.
 * Carriers are in renderer/bridge and in the hosts.
 */
export interface Transport {
  /** Sends one message. After close it does nothing. */
  send(message: unknown): void;
  /** Registers the one listener for messages. */
  onMessage(listener: (message: unknown) => void): void;
  /** Called once when no message will come any more. */
  onClose(listener: () => void): void;
  close(): void;
}
