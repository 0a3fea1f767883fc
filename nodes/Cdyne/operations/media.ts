import type { INodeProperties } from 'n8n-workflow';
import { throwFailure } from '../../shared/errors/failure';
import type { Item } from '../../shared/input/item';
import { requireId } from '../../shared/input/required';

export const mediaIdField: INodeProperties = {
	displayName: 'Media ID',
	name: 'mediaId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 4711',
	description: 'The ID that the upload or an incoming MMS returned',
};

const MEDIA_ID = {
	pattern: /^\d{1,19}$/,
	kind: 'a CDYNE media ID',
	advice: 'Enter the number that the upload returned.',
};

/** The value of Media ID, a string since it has 64 bits. @throws Failure if it is not valid */
export function requireMediaId(item: Item): string {
	return requireId(item.text('mediaId'), 'Media ID', MEDIA_ID);
}

/** Throws the failure for an ID that CDYNE does not know. */
export function throwMediaNotFound(id: string): never {
	return throwFailure({
		kind: 'notFound',
		message: `CDYNE has no media with the ID ${id}`,
		description:
			'Check Media ID. The file may have been deleted, or belong to another license key.',
	});
}
