import type { components } from '../../src/control-client.ts';

/** The data of the control API, as its description says. */
export type Schemas = components['schemas'];

export type MerchantSummary = Schemas['MerchantSummary'];
export type MerchantDetails = Schemas['MerchantDetails'];
export type Callback = Schemas['Callback'];
export type JournalEntry = Schemas['JournalEntry'];
export type Status = Schemas['Status'];
export type Event = Schemas['Event'];
export type Fault = Schemas['Fault'];
