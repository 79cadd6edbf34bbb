import { Component, h, render } from './preact.module.js';
import '../define.js';

/** A study, and where somebody is in its check: the element is given a document as a property, and speaks in events. */
class Study extends Component {
  state = { trial: null, step: 0, done: false };

  async componentDidMount() {
    const answer = await fetch('../trials/NCT07084012.json');
    this.setState({ trial: await answer.json() });
  }

  render(_, { trial, step, done }) {
    return h('section', {},
      h('p', { role: 'status', id: 'where' }, done ? 'The result is there.' : `Screen ${step + 1}`),
      trial && h('trial-prescreen', {
        trial,
        respondent: 'patient',
        headingLevel: 2,
        'onprescreen-step': ({ detail }) => this.setState({ step: detail.index, done: false }),
        'onprescreen-outcome': () => this.setState({ done: true }),
        'onprescreen-clear': () => this.setState({ step: 0, done: false }),
      }, h('p', { slot: 'contact' }, 'Call the study team: 555-0100')));
  }
}

render(h(Study), document.querySelector('#page'));
