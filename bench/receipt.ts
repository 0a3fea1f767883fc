export const FORM = 'application/x-www-form-urlencoded';

/** Returns CDYNE's postback for a delivered text. */
export const receiptOf = (id: string) =>
	`DeliveryReceipt=1&MessageID=${id}&ReferenceID=order-7&FromPhoneNumber=55512&ToPhoneNumber=17575550142&DeliveryReceiptMessage=id:185 sub:001 dlvrd:001 submit date:2403051407 done date:2403051408 stat:DELIVRD err:000 text:&Code=000`;
