/**
 * What exchanges' own codes mean where CCXT's classes are too coarse, or differ from one of its versions to the next. `outcomeUnknown`: the exchange itself
 * does not say whether it acted. A list is tried from its top by the exchange's words.
 *
 * @typedef {import('./errors.js').ExchangeKind} ExchangeKind
 * @typedef {{ kind: ExchangeKind, outcomeUnknown?: true }} Meaning
 * @typedef {Meaning | (Meaning & { words: RegExp })[]} CodeMeaning
 */

/** @param {ExchangeKind} kind @returns {Meaning} */
const is = (kind) => ({ kind });
/** @param {ExchangeKind} kind @returns {Meaning} */
const unknown = (kind) => ({ kind, outcomeUnknown: true });
/** @param {Meaning} meaning @param {string} codes separated by blanks */
const each = (meaning, codes) => Object.fromEntries(codes.split(' ').map((code) => [code, meaning]));

/** @type {Record<string, CodeMeaning>} spot, USDⓈ-M futures */
const BINANCE = {
  ...each(unknown('network'), '-1000 -1001 -1006 -1007 -1008'),
  ...each(is('rateLimited'), '-1003 -1015'),
  ...each(is('authentication'), '-1002 -1022 -2014 -2015'),
  ...each(is('permissionDenied'), '-1005 -2017 -4087 -4088 -4192 -4400 -4401'),
  ...each(is('wrongPrecision'), '-1111 -4014 -4023'),
  ...each(is('belowMinimum'), '-4003 -4004 -4164'),
  ...each(is('insufficientFunds'), '-2019 -4050 -4051'),
  ...each(is('orderNotFound'), '-2013'),
  ...each(is('wouldTriggerAtOnce'), '-2021 -4142 -5022'),
  ...each(is('reduceOnlyRefused'), '-2022 -2024 -4118'),
  ...each(is('invalidOrder'), '-1106 -2025 -4005 -4015 -4045 -4131 -5021'),
  // Lists of two orders on spot: of types that can't be paired, or with the one on the side of the other.
  ...each(is('invalidOrder'), '-1158 -1160 -1165 -1166 -1168 -1196 -1197 -1198 -1199'),
  ...each(is('unchanged'), '-4046 -4059'),
  '-1021': is('timestamp'),
  '-1121': is('unknownSymbol'),
  '-4116': is('duplicateClientOrderId'),
  '-1013': [
    { words: /NOTIONAL/, kind: 'belowMinimum' },
    { words: /LOT_SIZE|PRICE_FILTER/, kind: 'wrongPrecision' },
    { words: /(?:)/, kind: 'invalidOrder' },
  ],
  '-2010': [
    { words: /insufficient balance/i, kind: 'insufficientFunds' },
    { words: /duplicate order/i, kind: 'duplicateClientOrderId' },
    { words: /trigger immediately|immediately match|relationship of the prices/i, kind: 'wouldTriggerAtOnce' },
    { words: /not supported for this symbol/i, kind: 'notSupported' },
    { words: /not permitted|restricted|may not place/i, kind: 'permissionDenied' },
    { words: /market is closed/i, kind: 'maintenance' },
    { words: /(?:)/, kind: 'invalidOrder' },
  ],
  // A pair may be refused under the code of withdrawals as well.
  '-2011': [
    { words: /relationship of the prices/i, kind: 'wouldTriggerAtOnce' },
    { words: /not supported for this symbol/i, kind: 'notSupported' },
    { words: /(?:)/, kind: 'orderNotFound' },
  ],
  '-2018': [
    { words: /order list/i, kind: 'orderNotFound' },
    { words: /(?:)/, kind: 'insufficientFunds' },
  ],
};

/** @type {Record<string, CodeMeaning>} */
const BYBIT = {
  ...each(unknown('network'), '10000 10016 170007 170032 170146 170147'),
  ...each(is('timestamp'), '10002'),
  ...each(is('authentication'), '10003 10004 10009 33004'),
  ...each(is('permissionDenied'), '10005 10010 10024 10027'),
  ...each(is('rateLimited'), '10006 10429'),
  ...each(is('bannedAddress'), '10018'),
  ...each(is('orderNotFound'), '110001 110008 110010 170213'),
  ...each(is('insufficientFunds'), '110004 110006 110007 110012 110044 110045 110051 110052 110053 170131'),
  ...each(is('reduceOnlyRefused'), '110017'),
  ...each(is('unchanged'), '110025 110026 110027 110043'),
  ...each(is('duplicateClientOrderId'), '110030 110072 12141 170141'),
  ...each(is('wouldTriggerAtOnce'), '110092 110093'),
  ...each(is('belowMinimum'), '110094 170136 170140'),
  ...each(is('wrongPrecision'), '170134 170137'),
  ...each(is('unknownSymbol'), '170121'),
  '10001': [
    { words: /symbol( is)? invalid|not supported symbols/i, kind: 'unknownSymbol' },
    { words: /minimum limit/i, kind: 'belowMinimum' },
    { words: /(?:)/, kind: 'invalidOrder' },
  ],
};

/** @type {Record<string, CodeMeaning>} */
const OKX = {
  ...each(unknown('maintenance'), '50001'),
  ...each(unknown('network'), '50004 50005 50013 50026 51149'),
  ...each(is('rateLimited'), '50011 50061'),
  ...each(is('timestamp'), '50102'),
  ...each(is('authentication'), '50100 50103 50104 50105 50106 50107 50111 50112 50113 50114'),
  ...each(is('permissionDenied'), '50027 50030 50110 50120'),
  ...each(is('unknownSymbol'), '51001'),
  ...each(is('insufficientFunds'), '51008 51119 51127 51131 51502'),
  ...each(is('duplicateClientOrderId'), '51016 51065'),
  ...each(is('belowMinimum'), '51020'),
  ...each(is('wrongPrecision'), '51121'),
  ...each(is('reduceOnlyRefused'), '51112 51169 51170'),
  ...each(is('wouldTriggerAtOnce'), '51277 51278 51279 51280'),
  ...each(is('orderNotFound'), '51400 51401 51402 51603'),
};

/** @type {Record<string, CodeMeaning>} spot and futures */
const KUCOIN = {
  ...each(unknown('network'), '500000'),
  ...each(is('timestamp'), '400002'),
  ...each(is('authentication'), '400001 400003 400004 400005'),
  ...each(is('permissionDenied'), '400006 400007'),
  ...each(is('rateLimited'), '429000 200002'),
  ...each(is('insufficientFunds'), '200004 230003 300003'),
  ...each(is('reduceOnlyRefused'), '300009'),
  ...each(is('duplicateClientOrderId'), '300018'),
  ...each(is('unknownSymbol'), '900001'),
  '400100': [
    { words: /symbol|trading pair/i, kind: 'unknownSymbol' },
    { words: /order_not_exist|not exist/i, kind: 'orderNotFound' },
    { words: /clientOid.*(repeat|duplicat|exist)/i, kind: 'duplicateClientOrderId' },
    { words: /minimum|below/i, kind: 'belowMinimum' },
    { words: /increment/i, kind: 'wrongPrecision' },
    { words: /(?:)/, kind: 'invalidOrder' },
  ],
  '100001': [
    { words: /order ?not ?exist/i, kind: 'orderNotFound' },
    { words: /(?:)/, kind: 'invalidOrder' },
  ],
};

/** @type {Record<string, CodeMeaning>} spot and futures */
const MEXC = {
  ...each(unknown('network'), '500 501 504'),
  ...each(is('timestamp'), '700003'),
  ...each(is('authentication'), '10072 401 402 602 700002'),
  ...each(is('permissionDenied'), '403 406 700006 700007 701 702 703 704 70011'),
  ...each(is('rateLimited'), '429 510'),
  ...each(is('insufficientFunds'), '10101 2005 30004 30005'),
  ...each(is('belowMinimum'), '30002'),
  ...each(is('orderNotFound'), '-2011 -2013 2040 2041'),
  ...each(is('reduceOnlyRefused'), '2009'),
  ...each(is('unknownSymbol'), '-1121 10007 1001'),
};

/** @type {Record<string, CodeMeaning>} spot */
const KRAKEN = {
  'EService:Unavailable': unknown('maintenance'),
  'EService:Busy': unknown('network'),
  'EService:Timeout': unknown('network'),
  'EService:Deadline elapsed': unknown('network'),
  'EGeneral:Internal error': unknown('network'),
  'EDatabase:Internal error': unknown('network'),
  'EService:Market in cancel_only mode': is('maintenance'),
  'EService:Market in post_only mode': is('maintenance'),
  'EAPI:Invalid nonce': is('timestamp'),
  'EAPI:Invalid key': is('authentication'),
  'EAPI:Invalid signature': is('authentication'),
  'EGeneral:Permission denied': is('permissionDenied'),
  'EAPI:Rate limit exceeded': is('rateLimited'),
  'EOrder:Rate limit exceeded': is('rateLimited'),
  'EGeneral:Too many requests': is('rateLimited'),
  'EGeneral:Temporary lockout': is('bannedAddress'),
  'EQuery:Unknown asset pair': is('unknownSymbol'),
  'EOrder:Insufficient funds': is('insufficientFunds'),
  'EOrder:Insufficient margin': is('insufficientFunds'),
  'EOrder:Unknown order': is('orderNotFound'),
  'EGeneral:Invalid arguments:volume minimum not met': is('belowMinimum'),
  'EOrder:Order minimum not met': is('belowMinimum'),
  'EOrder:Cost minimum not met': is('belowMinimum'),
  'EOrder:Tick size check failed': is('wrongPrecision'),
  'EOrder:Post only order': is('wouldTriggerAtOnce'),
  'EOrder:Reduce only': is('reduceOnlyRefused'),
};

/** @type {Record<string, CodeMeaning>} */
const KRAKEN_FUTURES = {
  unavailable: unknown('maintenance'),
  Unavailable: unknown('maintenance'),
  ...each(is('rateLimited'), 'apiLimitExceeded'),
  ...each(is('authentication'), 'authenticationError'),
  ...each(is('permissionDenied'), 'accountInactive'),
  ...each(is('timestamp'), 'nonceBelowThreshold nonceDuplicate'),
  ...each(is('insufficientFunds'), 'insufficientAvailableFunds insufficientFunds'),
  ...each(is('duplicateClientOrderId'), 'clientOrderIdAlreadyExist'),
  ...each(is('reduceOnlyRefused'), 'wouldNotReducePosition'),
  ...each(is('wouldTriggerAtOnce'), 'postWouldExecute'),
  ...each(is('orderNotFound'), 'notFound filled orderForEditNotFound'),
  ...each(is('maintenance'), 'marketSuspended marketInactive'),
  ...each(is('invalidOrder'), 'selfFill tooManySmallOrders maxPositionViolation outsidePriceCollar iocWouldNotExecute clientOrderIdTooLong'),
};

/** @type {Record<string, CodeMeaning>} */
const COINBASE = {
  ...each(is('insufficientFunds'), 'INSUFFICIENT_FUND PREVIEW_INSUFFICIENT_FUND'),
  ...each(is('permissionDenied'), 'PERMISSION_DENIED permission_denied'),
  ...each(is('orderNotFound'), 'not_found NOT_FOUND UNKNOWN_CANCEL_ORDER'),
  ...each(is('wouldTriggerAtOnce'), 'PREVIEW_STOP_PRICE_ABOVE_LAST_TRADE_PRICE PREVIEW_STOP_PRICE_BELOW_LAST_TRADE_PRICE INVALID_LIMIT_PRICE_POST_ONLY'),
  ...each(is('belowMinimum'), 'PREVIEW_INVALID_BASE_SIZE_TOO_SMALL PREVIEW_INVALID_QUOTE_SIZE_TOO_SMALL'),
  ...each(is('wrongPrecision'), 'PREVIEW_INVALID_PRICE_PRECISION PREVIEW_INVALID_SIZE_PRECISION INVALID_PRICE_PRECISION INVALID_SIZE_PRECISION'),
  ...each(is('unknownSymbol'), 'UNKNOWN_PRODUCT_ID INVALID_PRODUCT_ID'),
  ...each(is('authentication'), 'unauthorized invalid_token authentication_error'),
};

/** By CCXT's id. @type {Record<string, Record<string, CodeMeaning>>} */
export const CODES = {
  binance: BINANCE, bybit: BYBIT, okx: OKX, kucoin: KUCOIN, kucoinfutures: KUCOIN, mexc: MEXC, kraken: KRAKEN, krakenfutures: KRAKEN_FUTURES, coinbase: COINBASE,
};

/**
 * @param {string} exchange CCXT's id
 * @param {string | null} code
 * @param {string} words
 * @returns {Meaning | null} null when the code is not listed
 */
export function meaningOf(exchange, code, words) {
  const codes = CODES[exchange];
  if (codes === undefined || code === null) return null;
  // Kraken adds details behind a further colon.
  const listed = codes[code] ?? codes[code.split(':').slice(0, 2).join(':')];
  if (listed === undefined) return null;
  return Array.isArray(listed) ? listed.find((each) => each.words.test(words)) ?? null : listed;
}

/** What says that all is well. */
const SUCCESS = new Set(['0', '200', '200000']);

/**
 * The exchange's own code and words from an answer, in the shapes that the exchanges have.
 *
 * @param {any} answer
 * @returns {{ code: string | null, words: string }}
 */
export function readCode(answer) {
  if (answer === null || typeof answer !== 'object') return { code: null, words: '' };
  const first = Array.isArray(answer.data) ? answer.data[0] : undefined;
  const status = (answer.sendStatus ?? answer.cancelStatus ?? answer.editStatus)?.status;
  const refused = answer.error_response;
  const [code, words] = firstGiven([
    // OKX tells of each order inside.
    [notSuccess(first?.sCode), first?.sMsg],
    [notSuccess(answer.retCode ?? answer.ret_code), answer.retMsg ?? answer.ret_msg],
    // Coinbase
    [preview(refused?.preview_failure_reason) ?? refused?.error, refused?.error_details || refused?.message],
    [answer.results?.[0]?.failure_reason, ''],
    // Kraken
    [Array.isArray(answer.error) ? answer.error[0] : undefined, ''],
    [answer.errors?.[0]?.id ?? answer.errors?.[0]?.message, answer.errors?.[0]?.message],
    [typeof answer.error === 'string' ? answer.error : undefined, answer.error_description ?? answer.message],
    [status === 'placed' || status === 'cancelled' || status === 'edited' ? undefined : status, ''],
    [notSuccess(answer.code), answer.msg ?? answer.message],
  ]);
  return { code, words };
}

/** @param {[unknown, unknown][]} candidates @returns {[string | null, string]} */
function firstGiven(candidates) {
  for (const [code, words] of candidates) {
    if (code !== undefined && code !== null && code !== '') return [String(code), typeof words === 'string' ? words : ''];
  }
  return [null, ''];
}

/** @param {unknown} code */
function notSuccess(code) {
  return code === undefined || code === null || SUCCESS.has(String(code)) ? undefined : code;
}

/** @param {unknown} reason */
function preview(reason) {
  return reason === undefined || reason === '' || reason === 'UNKNOWN_PREVIEW_FAILURE_REASON' ? undefined : reason;
}
