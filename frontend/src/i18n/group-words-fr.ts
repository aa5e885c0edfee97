import type { GroupWords } from './group-words.js';
import { plural } from './words.js';

const count = plural('fr');

export const groupWordsFr: GroupWords = {
  removeFromList: 'Retirer de la liste',
  groupTitle: 'Nom de la discussion',
  optional: 'facultatif',
  titleTooLong: (limit) => `Le nom est trop long. ${limit} caractères au plus.`,
  groupHint: (n) =>
    `${n} personnes\u202F: une discussion de groupe sera créée. Chaque personne est invitée et participe dès qu’elle accepte.`,
  newGroupHint:
    'Une nouvelle discussion de groupe sera créée. Les messages de cette conversation privée ne sont pas partagés.',
  inviteHint: 'Chaque personne voit les messages envoyés après son arrivée.',
  invite: 'Inviter',
  inviteMore: 'Inviter à la discussion…',

  groupChat: 'Discussion de groupe',
  leaveQuestion: 'Quitter cette discussion de groupe\u202F?',
  leaveHint: 'Vous y avez écrit un message qui n’est pas envoyé.',
  groupChats: 'Discussions de groupe',
  groupOf: (names) => `Discussion de groupe\u202F: ${names}`,
  participantCount: (n) => count(n, { one: `${n} participant`, other: `${n} participants` }),
  more: (n) => `+${n}`,
  allParticipants: (n) => `Afficher les ${n} participants`,

  allInvited: (n) => `Afficher les ${n} personnes invitées`,
  invitedPeople: 'Personnes invitées',
  invited: 'invitation envoyée',
  declined: 'a refusé',
  withdraw: (name) => `Retirer l’invitation de ${name}`,

  invitations: 'Invitations',
  invitationTitle: 'Nouvelle invitation à une discussion',
  invitation: (name, others) =>
    others === ''
      ? `${name} vous a invité à une discussion de groupe`
      : `${name} vous a invité à une discussion de groupe avec ${others}`,
  joinRule: 'Vous verrez les messages envoyés après votre arrivée.',
  join: 'Rejoindre',
  decline: 'Refuser',
  moreInvitations: (n) => count(n, { one: `${n} autre invitation`, other: `${n} autres invitations` }),

  actions: 'Actions pour cette conversation',
  rename: 'Nommer la discussion…',
  save: 'Enregistrer',
  close: 'Fermer',
  mute: 'Mettre en sourdine',
  muted: 'en sourdine',
  mentioned: 'vous êtes mentionné',
  leave: 'Quitter la discussion',
  youLeft: (title) => `Vous avez quitté la discussion ${title}.`,
  leftRule: 'Pour revenir, il vous faut une nouvelle invitation.',
  undo: 'Annuler',
  reading: 'Lecture',
  shareReading: 'Montrer aux autres jusqu’où j’ai lu',
};
