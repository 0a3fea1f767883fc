/** The event names of webhook/create, by channel. Only that of delivered SMS has an underscore. */
export const SMS_EVENTS = ['sms_delivered', 'sms-clicked', 'sms-subscribed', 'sms-unsubscribed'];

const CONTACT_EVENTS = ['subscribed', 'unsubscribed'];

export const EMAIL_EVENTS = [
	...['read', 'delivered', 'click', 'reject', 'complaint', 'hard', 'soft'],
	...['email-subscribed', 'email-unsubscribed', 'list-unsubscribe'],
];

const VIBER_EVENTS = [
	...['viber-delivered', 'viber-failed', 'viber-expired', 'viber-rejected', 'viber-viewed'],
	...['viber-clicked', 'viber-contact-channel-subscribed', 'viber-contact-channel-unsubscribed'],
];

const WEB_PUSH_EVENTS = [
	...['web-push-delivered', 'web-push-displayed', 'web-push-clicked', 'web-push-undelivered'],
	...['web-push-expired', 'web-push-dismissed'],
];

export const EVENTS = [
	...SMS_EVENTS,
	...CONTACT_EVENTS,
	...EMAIL_EVENTS,
	...VIBER_EVENTS,
	...WEB_PUSH_EVENTS,
];

/** Returns whether an event exists. The known list of web push events is incomplete. */
export function isEvent(name: string): boolean {
	return EVENTS.includes(name) || name.startsWith('web-push-');
}
