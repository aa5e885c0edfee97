import type { MessageWords } from './message-words.js';
import { plural } from './words.js';

const count = plural('fr');

export const messageWordsFr: MessageWords = {
  youInvited: (name) => `Vous avez invité ${name}`,
  invited: (by, names) => `${by} a invité ${names}`,
  joined: (name) => `${name} a rejoint la discussion`,
  left: (name) => `${name} a quitté la discussion`,
  declined: (name) => `${name} a refusé votre invitation`,
  withdrawn: (name) => `Vous avez retiré l’invitation de ${name}`,
  titled: (by, title) => `${by} a nommé la discussion «\u202F${title}\u202F»`,
  youTitled: (title) => `Vous avez nommé la discussion «\u202F${title}\u202F»`,
  untitled: (by) => `${by} a retiré le nom de la discussion`,
  youUntitled: 'Vous avez retiré le nom de la discussion',

  startOfGroup: 'C’est le début de la discussion.',
  joinedHere: 'Vous êtes arrivé ici. Les messages précédents ne vous sont pas présentés.',
  actions: (author, start) => `Actions pour le message de ${author}\u202F: ${start}`,
  reply: 'Répondre',
  react: 'Réagir',
  edit: 'Modifier',
  remove: 'Supprimer',
  copy: 'Copier le texte',
  copied: 'Texte copié',
  copyFailed: 'Le texte n’a pas pu être copié.',
  edited: 'modifié',
  editedAt: (time) => `modifié à ${time}`,
  removed: 'Message supprimé',
  removing: 'Supprimer le message',
  removeQuestion: 'Supprimer ce message\u202F?',
  removeHint: 'Plus personne dans la discussion ne pourra le lire. Ce que d’autres ont déjà enregistré leur reste.',
  cancel: 'Annuler',
  changeFailed: 'La modification n’a pas été acceptée.',
  notSaved: 'Non enregistré\u202F:',
  copyUnsaved: 'Copier',
  discardUnsaved: 'Abandonner',
  dismiss: 'Fermer cet avis',

  replyingTo: (name) => `Réponse à ${name}`,
  cancelReply: 'Ne pas répondre à ce message',
  editing: 'Modifier votre message',
  cancelEdit: 'Ne plus modifier',
  saveEdit: 'Enregistrer',
  quoted: (name) => `Réponse à ${name}`,
  unseen: 'Un message que vous ne pouvez pas voir',
  goToQuoted: (name, start) => `Aller au message de ${name}\u202F: ${start}`,
  cannotShow: 'Ce message ne peut pas vous être présenté.',

  reactionNames: {
    '👍': 'pouce levé',
    '❤️': 'cœur',
    '😂': 'larmes de joie',
    '🎉': 'fête',
    '😮': 'surprise',
    '😢': 'tristesse',
    '✅': 'fait',
    '👀': 'regarde',
  },
  reactionBy: (reaction, names, n) =>
    `${count(n, { one: `${n} réaction`, other: `${n} réactions` })}, ${reaction}\u202F: ${names}`,
  addReaction: 'Ajouter une réaction',
  mentionList: 'Personnes à mentionner',
  mentionsFound: (n) => count(n, { one: `${n} personne à mentionner`, other: `${n} personnes à mentionner` }),

  writing: ([first, second, ...more]) =>
    second === undefined
      ? `${first ?? ''} est en train d’écrire…`
      : more.length === 0
        ? `${first ?? ''} et ${second} sont en train d’écrire…`
        : 'Plusieurs personnes sont en train d’écrire…',
  readBy: (names) => `Lu par ${names}`,
  read: 'Lu',
  moreReaders: (n) => `+${n}`,
  toNewest: 'Aller au dernier message',
  newerLoading: 'Chargement des messages suivants…',

  search: 'Rechercher des messages',
  searchFor: 'Mots à rechercher',
  searchHere: 'Cette conversation',
  searchAll: 'Toutes les conversations',
  searchWhere: 'Où rechercher',
  searchHint: 'Trouve les messages qui contiennent tous les mots, le dernier par son début.',
  searching: 'Recherche…',
  nothingFound: (text) => `Aucun message pour «\u202F${text}\u202F»`,
  found: (n, more) =>
    more
      ? `Les ${n} messages les plus récents`
      : count(n, { one: `${n} message trouvé`, other: `${n} messages trouvés` }),
  searchFailed: 'La recherche n’a pas pu être faite.',
  searchMore: 'Afficher la suite',
  closeSearch: 'Fermer la recherche',

  save: 'Enregistrer comme texte',
  saving: (n) =>
    count(n, { one: `Enregistrement\u202F: ${n} message…`, other: `Enregistrement\u202F: ${n} messages…` }),
  saved: (n) => count(n, { one: `${n} message enregistré`, other: `${n} messages enregistrés` }),
  saveFailed: 'La conversation n’a pas pu être enregistrée.',
  saveHead: (title, time) => `Conversation avec ${title}, enregistrée le ${time}`,
  saveRemoved: '(message supprimé)',
  saveReplies: (name, start) => `(en réponse à ${name}\u202F: ${start})`,
};
