import type { DeviceKind } from '../../../src/application/protocol/index.js';
import type { PeopleWords } from './people-words.js';
import { plural } from './words.js';

const count = plural('fr');
const DEVICES: Readonly<Record<DeviceKind, string>> = {
  computer: ' sur votre ordinateur',
  phone: ' sur votre téléphone',
  tablet: ' sur votre tablette',
};
const onDevice = (device: DeviceKind | null): string => (device === null ? '' : DEVICES[device]);

export const peopleWordsFr: PeopleWords = {
  roster: {
    favoritesHint: 'Ajoutez des personnes avec l’étoile pour voir quand elles sont disponibles.',
    add: (name) => `Ajouter ${name} aux favoris`,
    remove: (name) => `Retirer ${name} des favoris`,
    removeQuestion: (name) => `Retirer ${name} des favoris\u202F?`,
    removeHint: 'Vous ne verrez plus son statut.',
    removeAnswer: 'Retirer',
    resend: 'Renvoyer une demande d’abonnement',
    resendTo: (name) => `Renvoyer une demande d’abonnement à ${name}`,
    asked: (name) => `Demande envoyée à ${name}. Son statut s’affiche dès son accord.`,
    askedAgain: (name) => `Demande renvoyée à ${name}.`,

    requests: 'Demandes d’abonnement',
    requestTitle: 'Demande d’abonnement',
    requestFrom: (name) => `Demande d’abonnement de ${name}`,
    request: (name) => `${name} souhaite vous ajouter à ses favoris et voir quand vous êtes disponible.`,
    addToo: (name) => `Ajouter aussi ${name} à mes favoris`,
    accept: 'Accepter',
    moreRequests: (n) => count(n, { one: `${n} autre demande`, other: `${n} autres demandes` }),
    newRequest: 'Nouvelle demande',

    profileOf: (name) => `Profil de ${name}`,
    noAddress: 'Pas d’adresse',
    notShown: 'Son statut s’affiche quand cette personne est dans vos favoris et a accepté.',
    requestPending: 'Votre demande n’a pas été acceptée.',

    watchers: 'Qui voit mon statut…',
    watchersTitle: 'Qui voit mon statut',
    watchersHint:
      'Ces personnes voient votre statut. Une personne à qui vous le retirez vous voit hors ligne, et n’en est pas informée.',
    noWatchers: 'Personne ne voit votre statut.',
    watcherSince: (day) => `depuis le ${day}`,
    revoke: 'Retirer',
    revokeFrom: (name) => `Retirer\u202F: ${name} ne voit plus mon statut`,
    revokeQuestion: (name) => `Ne plus montrer votre statut à ${name}\u202F?`,
    revokeHint: 'Cette personne vous verra hors ligne et n’en sera pas informée. Elle pourra demander de nouveau.',
  },
  presence: {
    states: { available: 'Disponible', busy: 'Occupé', away: 'Absent', offline: 'Hors ligne' },
    until: (when) => `jusqu’à ${when}`,
    ownStatus: (status) => `Votre statut\u202F: ${status}`,
    statusMenu: 'Statut',
    custom: 'Message personnalisé…',
    clear: 'Effacer le message',
    clearTo: (status) => `Effacer\u202F: retour à ${status}`,
    reasons: {
      chosen: (status, device) => `${status}, choisi par vous${onDevice(device)}`,
      idle: (status) => `${status}, car aucun appareil n’a servi depuis un moment`,
      'outside-working-hours': (status) => `${status}\u202F: hors de vos heures de travail`,
      'do-not-disturb': (status, _, window) => `${status}\u202F: ne pas déranger${window === null ? '' : ` ${window}`}`,
      default: (status) => `${status}, car vous êtes là`,
      disconnected: (status) => `${status}, car aucun appareil n’est connecté`,
    },

    customTitle: {
      available: 'Message personnalisé du statut disponible',
      busy: 'Message personnalisé du statut occupé',
      away: 'Message personnalisé du statut absent',
    },
    message: 'Texte du message',
    messageTooLong: (limit) => `Le message est trop long. ${limit} caractères au plus.`,
    clearAfter: 'Effacer après',
    ends: {
      never: 'Ne pas effacer',
      'half-hour': '30 minutes',
      hour: '1 heure',
      'four-hours': '4 heures',
      today: 'Aujourd’hui',
      week: 'Cette semaine',
      chosen: 'Choisir…',
    },
    endsAt: 'Date et heure',
    endIsPast: 'Choisissez un moment à venir.',
    recent: 'Messages récents',
    set: 'Définir',

    colours: 'Couleurs des statuts',
    coloursDefault: 'Occupé en rouge, absent en ambre',
    coloursOriginal: 'Occupé en orange, absent en rouge',

    schedule: 'Heures de travail…',
    scheduleTitle: 'Heures de travail',
    scheduleHint: 'En dehors, vous apparaissez comme absent, sauf si vous choisissez autre chose.',
    zone: 'Fuseau horaire',
    hasWorkingHours: 'J’ai des heures de travail',
    workingHours: 'Heures de travail',
    doNotDisturb: 'Ne pas déranger',
    doNotDisturbHint: 'À ces heures, vous apparaissez comme occupé et rien ne vous appelle.',
    addDoNotDisturb: 'Ajouter une plage',
    removeDoNotDisturb: (n) => `Retirer la plage ${n}`,
    days: 'Jours',
    from: 'De',
    to: 'À',
    nextDay: 'Se termine le lendemain.',
    noDay: 'Choisissez au moins un jour.',
  },
};
