/** A call to the API: a promise of the response body, with methods that return the response itself. */
export interface Call<Result> extends Promise<Result> {
  /**
   * Resolves to the body, the response, and the id of the request in the server's log.
   *
   * @example
   * const { data, response, requestId } = await client.messages.get(id).withResponse();
   * await client.messages.edit(id, { content }, { ifMatch: response.headers.get('etag') ?? '' });
   */
  withResponse(): Promise<{
    /** The body. */
    readonly data: Result;
    /** The response, with its status and headers. Its body has been read. */
    readonly response: Response;
    /** The id of the request in the server's log, if the response has one. */
    readonly requestId: string | undefined;
  }>;
  /**
   * Resolves to the response with its body unread. Call it right after the method, before the response arrives. Rejects with
   * an `ApiError` if the response is not a success.
   *
   * @example
   * const response = await client.users.me().asResponse();
   */
  asResponse(): Promise<Response>;
}

/** A call that returns a page. It is also an async iterable of the items of this page and of all pages that follow. */
export interface PageCall<Page, Item> extends Call<Page>, AsyncIterable<Item> {
  /** Resolves to an array of items: at most `limit`, or all of them by default. */
  toArray(options?: { readonly limit?: number | undefined }): Promise<Item[]>;
}
