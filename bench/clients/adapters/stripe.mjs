import Stripe from 'stripe';

export const errorClasses = () => {
  const { StripeError, StripeInvalidRequestError, StripeRateLimitError } = Stripe.errors;
  return { any: StripeError, missing: StripeInvalidRequestError, tooMany: StripeRateLimitError };
};
export const requestIdHeader = 'request-id';
export const create = (baseUrl) => {
  const { protocol, hostname, port } = new URL(baseUrl);
  return new Stripe('key', { protocol: protocol.replace(':', ''), host: hostname, port });
};
export const read = (client, options) => client.customers.retrieve('c', {}, options);
export const write = (client) => client.customers.create({ name: 'Ada' });
export const list = (client) => client.customers.list();
export const page = (ids, next) => ({
  body: { object: 'list', url: '/v1/customers', data: ids.map((id) => ({ id })), has_more: next !== undefined },
});
