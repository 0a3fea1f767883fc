import { fail } from '../shared/errors';
import type { Item } from '../shared/item';
import { requiredId } from '../shared/required';

const MEDIA_ID = {
	pattern: /^\d{1,19}$/,
	kind: 'a media ID of CDYNE',
	advice: 'Give the number that the upload returned.',
};

/** A media id, 64 bits and therefore text. @throws Failure where it is none */
export function mediaIdOf(item: Item): string {
	return requiredId(item.text('mediaId'), 'media ID', MEDIA_ID);
}

export function noSuchMedia(id: string): never {
	return fail({
		kind: 'notFound',
		message: `CDYNE has no media of the ID ${id}`,
		description: 'Check the ID. It may have been deleted, or belong to another license key.',
	});
}
