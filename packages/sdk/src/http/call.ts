/** A call under way: a promise of the body of its answer, for whoever wants more also of the answer itself. */
export interface Call<Result> extends Promise<Result> {
  /**
   * The body with the answer it came in and the id of the request in the server's log.
   *
   * @example
   * const { data, response, requestId } = await client.messages.get(id).withResponse();
   * await client.messages.edit(id, { content }, { ifMatch: response.headers.get('etag') ?? '' });
   */
  withResponse(): Promise<{
    /** The body. */
    readonly data: Result;
    /** The answer it came in, for its status and headers; its body is read. */
    readonly response: Response;
    /** The id of the request in the server's log, if the answer has one. */
    readonly requestId: string | undefined;
  }>;
  /**
   * The answer of a success, whose body is left to you. Ask for it where you make the call.
   *
   * @example
   * const response = await client.users.me().asResponse();
   */
  asResponse(): Promise<Response>;
}

/** A call that answers a page. It is also a loop over the items of this page and all that follow. */
export interface PageCall<Page, Item> extends Call<Page>, AsyncIterable<Item> {
  /** The items in a list, as many as `limit` says at the most; all of them without. */
  toArray(options?: { readonly limit?: number | undefined }): Promise<Item[]>;
}
