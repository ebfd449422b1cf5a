/** Your own table of cases, by your own reference. */
export interface CaseRecords {
  /** Stores a case before the request, so that the record outlives a crash. */
  open(signzyAppId: string): Promise<void>;
  setMerchantId(signzyAppId: string, merchantId: string): Promise<void>;
  /** Marks a case that the provider may or may not have. A person looks at these cases. */
  markUnknown(signzyAppId: string): Promise<void>;
}
