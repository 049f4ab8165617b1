/** Who answers. */
export interface Bot {
  /** The answer to a message: 1 to 8000 code points. */
  reply(content: string): Promise<string>;
}
