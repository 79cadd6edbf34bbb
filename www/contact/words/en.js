// @ts-check

/** The words of the contact form and of the message it writes. */
export const en = {
  heading: 'Contact the study team',
  lead: 'Write down how the team can reach you. You see the whole message before anything happens.',
  stays: 'This form sends nothing. You get a message that you can send, save or copy yourself.',
  /** @param {string} host */
  sends: (host) => `Nothing is sent while you type. On the next screen you see the message, and a button sends it to ${host}. It goes nowhere else.`,
  around: 'The website around this form may record what you type.',
  notKept: 'What you type is not kept when you close the page.',
  /** @param {string} address */
  refused: (address) =>
    `This site wants to send messages to another site, ${address}. The form does not do that. You can still send, save or copy the message yourself.`,
  reach: 'One way to reach you is enough: an e-mail address or a phone number. You can leave everything else empty.',
  optional: ' (optional)',
  given: 'First name',
  family: 'Last name',
  email: 'E-mail address',
  phone: 'Phone number',
  language: 'Another language',
  languageHint: 'If you want to talk in another language, write which one.',
  along: 'What else goes along',
  alongHint: 'Nothing of your check goes along unless you tick it. You can read it in the message first.',
  result: 'The result of the check',
  answers: 'My answers',

  errors: {
    reach: 'Enter an e-mail address or a phone number',
    email: 'Enter the e-mail address in full, such as name@example.com',
    phone: 'Enter the phone number with all its digits',
  },

  preview: {
    heading: 'This is the whole message',
    lead: 'Nothing has been sent yet. Check every word.',
    to: 'To',
    subject: 'Subject',
    text: 'Message',
    data: 'The same as the computer of the site gets it, letter by letter',
    change: 'Change the message',
    mail: 'Open it in my e-mail program',
    mailHint: 'Your e-mail program opens with this message. It is sent only when you send it there.',
    empty: 'Open an e-mail without the text',
    emptyHint: 'The message is too long for a link. Copy it first, then paste it into the e-mail.',
    nobody: 'The public information on this study names no e-mail address. Save or copy the message, and hand it on yourself, for example to your doctor.',
    copy: 'Copy the message',
    copied: 'The message is copied.',
    notCopied: 'This browser does not let the page copy. Select the text of the message and copy it.',
    save: 'Save as a file',
    send: 'Send the message',
    sending: 'Sending the message…',
    again: 'Try again',
    already: 'This message was sent.',
  },

  failed: {
    heading: 'The message was not sent',
    body: 'Nothing you typed is lost. Try again, or copy or save the message.',
  },

  sent: {
    heading: 'Your message was sent',
    /** @param {string} host */
    body: (host) => `It went to ${host}, and nowhere else. It is not kept on this page.`,
    next: 'The study team answers you by the way you gave. If you hear nothing, ask your doctor to contact the study.',
  },

  message: {
    /** @param {string} id */
    subject: (id) => `Question about the study ${id}`,
    opening: 'I would like to talk with the study team about this study.',
    study: 'Study',
    /** @param {string} label @param {string} value */
    line: (label, value) => `${label}: ${value}`,
    language: 'Language I would like to speak',
    result: 'Result of a check that I did on my own device. It decides nothing.',
    answers: 'My answers in this check',
    whom: { patient: 'I answered for myself.', caregiver: 'I answered for someone I care for.', staff: 'I work at a trial site and answered for someone else.' },
  },
};

/** @typedef {typeof en} ContactWords */
