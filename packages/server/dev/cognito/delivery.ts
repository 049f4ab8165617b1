/** How responses describe where a code was sent. The same for an unknown email, so as not to reveal accounts. */
export function deliveryTo(email: string) {
  const [name = '', domain = ''] = email.toLowerCase().split('@');
  const Destination = `${name.slice(0, 1)}***@${domain.slice(0, 1)}***`;
  return { CodeDeliveryDetails: { AttributeName: 'email', DeliveryMedium: 'EMAIL', Destination } };
}
