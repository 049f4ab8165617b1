/** The masked address of a code in responses; an unknown address gets the same. */
export function deliveryTo(email: string) {
  const [name = '', domain = ''] = email.toLowerCase().split('@');
  const Destination = `${name.slice(0, 1)}***@${domain.slice(0, 1)}***`;
  return { CodeDeliveryDetails: { AttributeName: 'email', DeliveryMedium: 'EMAIL', Destination } };
}
