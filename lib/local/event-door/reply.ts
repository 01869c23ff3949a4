/** A call that is refused as a whole. */
export interface EventsRefusal {
  readonly refused: string;
  readonly status: number;
  readonly message: string;
}

/** What PutEvents answers: an entry for each one of the request, in its order. */
export interface PutEventsReply {
  readonly FailedEntryCount: number;
  readonly Entries: readonly (
    | { readonly EventId: string }
    | { readonly ErrorCode: string; readonly ErrorMessage: string }
  )[];
}
