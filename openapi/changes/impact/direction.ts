/**
 * Who sends the value that changed. The partner sends a `request` and the `acknowledgement` of a callback. The provider
 * sends a `response` and a `callback`. A change of the `document` is a change of no sent value.
 */
export type Direction = 'request' | 'response' | 'callback' | 'acknowledgement' | 'document';
