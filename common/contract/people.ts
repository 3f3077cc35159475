/** The people the user keeps. */
import * as v from 'valibot';
import { PersonId } from '../model/ids.ts';
import { Person, PersonDetails } from '../model/person.ts';
import { command, domain, event } from './define.ts';

export const people = domain({
  snapshot: v.strictObject({ people: v.array(Person) }),
  commands: {
    add: command(
      'Adds a person; their SIP addresses are watched.',
      v.strictObject({ details: PersonDetails }),
      v.strictObject({ personId: PersonId }),
    ),
    update: command('Replaces a person’s details.', v.strictObject({ personId: PersonId, details: PersonDetails }), v.null()),
    remove: command('Removes a person; conversations and history stay.', v.strictObject({ personId: PersonId }), v.null()),
  },
  events: {
    changed: event('A person was added or changed.', v.strictObject({ person: Person })),
    removed: event('A person was removed.', v.strictObject({ personId: PersonId })),
  },
});
