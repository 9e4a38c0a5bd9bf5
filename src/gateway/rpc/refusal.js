/** Codes that JSON-RPC 2.0 itself defines. */
export const PARSE_ERROR = -32700;
export const INVALID_REQUEST = -32600;
export const METHOD_NOT_FOUND = -32601;
export const INVALID_PARAMETERS = -32602;
export const INTERNAL_ERROR = -32603;
/** Every refusal of ours; `data.kind` tells which. */
export const REFUSED = -32000;

/**
 * @typedef {'notStarted' | 'loginNeeded' | 'notFound' | 'notMember' | 'differentChannel' | 'notAChannel' | 'floodWait' | 'telegram' | 'parameters'
 *   | import('../exchanges/errors.js').ExchangeKind} RefusalKind
 */

/** Expected trouble: told to the caller with its kind and a sentence, and no more. */
export class Refusal extends Error {
  /**
   * @param {RefusalKind} kind
   * @param {string} message a sentence without any secret
   * @param {{ seconds?: number, telegramError?: string, exchangeCode?: string | null, mayHaveHappened?: boolean }} [details]
   */
  constructor(kind, message, details = {}) {
    super(message);
    this.name = 'Refusal';
    this.kind = kind;
    this.details = details;
  }

  /** @returns {{ code: number, message: string, data: object }} */
  toError() {
    return {
      code: this.kind === 'parameters' ? INVALID_PARAMETERS : REFUSED,
      message: this.message,
      data: { kind: this.kind, ...this.details },
    };
  }
}
