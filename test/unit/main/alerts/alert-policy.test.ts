/** When an alert is shown, and when it goes. */
import { describe, expect, it } from 'vitest';
import type { AddressOfRecord } from '../../../../common/model/address-of-record.ts';
import type { AccountId, ConversationId } from '../../../../common/model/ids.ts';
import { createAlertPolicy } from '../../../../main/alerts/alert-policy.ts';
import { createFakeAlerts } from '../../../support/fake-desktop.ts';
import { call, callRecord, conversation, message } from '../../../support/samples.ts';

function setUp() {
  const alerts = createFakeAlerts();
  const scene = {
    settings: { alertMessages: true, alertPreview: true, alertMissedCalls: true, alertVoicemail: true },
    doNotDisturb: false,
    lookedAt: false,
    onScreen: null as ConversationId | null,
    /** The calls on the card, and whether there is another. */
    card: { calls: [] as string[], isInCall: false },
  };
  const policy = createAlertPolicy(alerts, {
    settings: () => scene.settings,
    isDoNotDisturb: () => scene.doNotDisturb,
    isLookedAt: () => scene.lookedAt,
    isOnScreen: (id) => scene.onScreen === id,
    nameOf: (address, displayName) => displayName || address,
    cardChanged: (ringing, isInCall) => {
      scene.card = { calls: ringing.map(({ id }) => id), isInCall };
    },
  });
  const bob = conversation('bob@example.org', { unreadCount: 1, peerDisplayName: 'Bob' });
  const text = message(bob.id, 1, { direction: 'incoming', text: 'Hello' });
  const kinds = () => [...alerts.shown.values()].map(({ kind }) => kind);
  return { alerts, scene, policy, bob, text, kinds };
}

describe('a message', () => {
  it('is one alert for its conversation, with the number that wait', () => {
    const { policy, bob, text, alerts } = setUp();
    policy.messageAdded(text, bob);
    policy.messageAdded(text, { ...bob, unreadCount: 2 });
    expect([...alerts.shown.values()]).toEqual([{ kind: 'message', conversationId: bob.id, name: 'Bob', text: 'Hello', count: 2 }]);
  });

  it('says nothing of what was written where the preview is off', () => {
    const { policy, bob, text, alerts, scene } = setUp();
    scene.settings.alertPreview = false;
    policy.messageAdded(text, bob);
    expect(JSON.stringify([...alerts.shown.values()])).not.toContain('Hello');
  });

  it.each([
    ['of our own', (s: ReturnType<typeof setUp>) => s.policy.messageAdded({ ...s.text, direction: 'outgoing' }, s.bob)],
    ['in a muted conversation', (s: ReturnType<typeof setUp>) => s.policy.messageAdded(s.text, { ...s.bob, muted: true })],
    [
      'of the conversation on screen',
      (s: ReturnType<typeof setUp>) => {
        s.scene.onScreen = s.bob.id;
        s.policy.messageAdded(s.text, s.bob);
      },
    ],
    [
      'while nobody is to disturb',
      (s: ReturnType<typeof setUp>) => {
        s.scene.doNotDisturb = true;
        s.policy.messageAdded(s.text, s.bob);
      },
    ],
    [
      'where alerts for messages are off',
      (s: ReturnType<typeof setUp>) => {
        s.scene.settings.alertMessages = false;
        s.policy.messageAdded(s.text, s.bob);
      },
    ],
  ])('%s is not alerted', (_what, happen) => {
    const scene = setUp();
    happen(scene);
    expect(scene.kinds()).toEqual([]);
  });

  it.each([
    ['it is read', (s: ReturnType<typeof setUp>) => s.policy.conversationChanged({ ...s.bob, unreadCount: 0 })],
    ['the conversation is muted', (s: ReturnType<typeof setUp>) => s.policy.conversationChanged({ ...s.bob, muted: true })],
    ['the conversation is removed', (s: ReturnType<typeof setUp>) => s.policy.conversationRemoved(s.bob.id)],
    [
      'somebody looks at it',
      (s: ReturnType<typeof setUp>) => {
        s.scene.onScreen = s.bob.id;
        s.policy.attentionChanged();
      },
    ],
    [
      'nobody is to disturb any more',
      (s: ReturnType<typeof setUp>) => {
        s.scene.doNotDisturb = true;
        s.policy.doNotDisturbChanged();
      },
    ],
  ])('goes when %s', (_what, happen) => {
    const scene = setUp();
    scene.policy.messageAdded(scene.text, scene.bob);
    expect(scene.kinds()).toEqual(['message']);
    happen(scene);
    expect(scene.kinds()).toEqual([]);
  });
});

describe('an incoming call', () => {
  const ringing = call('ringing', { direction: 'incoming', state: 'ringing' });

  it('has an alert and a card while it rings and no longer', () => {
    for (const state of ['accepting', 'active', 'ended'] as const) {
      const { policy, kinds, scene } = setUp();
      policy.callChanged(ringing);
      expect(kinds()).toEqual(['incoming-call']);
      expect(scene.card.calls).toEqual(['ringing']);
      policy.callChanged({ ...ringing, state });
      expect(kinds()).toEqual([]);
      expect(scene.card.calls).toEqual([]);
    }
  });

  it('has them only while no main window is looked at, which shows the call itself', () => {
    const { policy, kinds, scene } = setUp();
    scene.lookedAt = true;
    policy.callChanged(ringing);
    expect(kinds()).toEqual([]);
    expect(scene.card.calls).toEqual([]);
    scene.lookedAt = false;
    policy.attentionChanged();
    expect(kinds()).toEqual(['incoming-call']);
    expect(scene.card.calls).toEqual(['ringing']);
    scene.lookedAt = true;
    policy.attentionChanged();
    expect(kinds()).toEqual([]);
    expect(scene.card.calls).toEqual([]);
  });

  it('shares the card with the others that ring, which says whether the user is in a call', () => {
    const { policy, scene } = setUp();
    policy.callChanged(ringing);
    expect(scene.card).toEqual({ calls: ['ringing'], isInCall: false });
    policy.callChanged({ ...ringing, id: call('second').id });
    expect(scene.card).toEqual({ calls: ['ringing', 'second'], isInCall: false });
    policy.callChanged({ ...ringing, state: 'active' });
    expect(scene.card).toEqual({ calls: ['second'], isInCall: true });
  });

  it('alerts once, also when something of it changes', () => {
    const { policy, alerts, kinds } = setUp();
    policy.callChanged(ringing);
    alerts.shown.clear();
    policy.callChanged({ ...ringing, hasMediaOwner: true });
    expect(kinds()).toEqual([]);
  });

  it('of our own making does not alert', () => {
    const { policy, kinds } = setUp();
    policy.callChanged({ ...ringing, direction: 'outgoing' });
    expect(kinds()).toEqual([]);
  });
});

describe('a missed call', () => {
  const missed = callRecord('missed', { direction: 'incoming', outcome: 'missed' });

  it('is one alert for its caller, counted, until the calls are looked at', () => {
    const { policy, alerts, kinds } = setUp();
    policy.callRecorded(missed);
    policy.callRecorded(missed);
    expect([...alerts.shown.values()]).toMatchObject([{ kind: 'missed-call', count: 2 }]);
    policy.missedCallsSeen();
    expect(kinds()).toEqual([]);
    policy.callRecorded(missed);
    expect([...alerts.shown.values()]).toMatchObject([{ count: 1 }]);
  });

  it.each(['answered', 'declined', 'answered-elsewhere', 'busy'] as const)('is not one that was %s', (outcome) => {
    const { policy, kinds } = setUp();
    policy.callRecorded({ ...missed, outcome });
    expect(kinds()).toEqual([]);
  });

  it('goes with its account', () => {
    const { policy, kinds } = setUp();
    policy.callRecorded(missed);
    policy.accountRemoved('another' as AccountId);
    expect(kinds()).toEqual(['missed-call']);
    policy.accountRemoved(missed.accountId);
    expect(kinds()).toEqual([]);
  });
});

describe('voicemail', () => {
  const box = (newCount: number) => ({
    accountId: 'a' as AccountId,
    newCount,
    oldCount: 0,
    address: 'sip:mail@example.org' as AddressOfRecord,
    sinceMs: 0,
  });

  it('alerts when there is more of it than before, and goes when it was heard', () => {
    const { policy, alerts, kinds } = setUp();
    policy.voicemailChanged(box(2), null);
    expect([...alerts.shown.values()]).toMatchObject([{ kind: 'voicemail', count: 2 }]);
    alerts.shown.clear();
    policy.voicemailChanged(box(1), box(2));
    expect(kinds()).toEqual([]);
    policy.voicemailChanged(box(2), box(1));
    expect(kinds()).toEqual(['voicemail']);
    policy.voicemailChanged(box(0), box(2));
    expect(kinds()).toEqual([]);
  });
});

it('A flood of missed calls is one alert, in place of those that were shown before it was one', () => {
  const { policy, alerts } = setUp();
  const missed = { outcome: 'missed', unseen: true } as const;
  for (let count = 0; count < 3; count += 1)
    policy.callRecorded(callRecord(`c${count}`, { ...missed, peer: conversation(`s${count}@example.com`).peer }));
  for (let count = 0; count < 100; count += 1) policy.callRecorded(callRecord('flood', { ...missed, count, severalCallers: true }));
  expect([...alerts.shown.values()]).toMatchObject([{ kind: 'missed-call', count: 103, severalCallers: true }]);
  policy.missedCallsSeen();
  expect(alerts.shown.size).toBe(0);
});
