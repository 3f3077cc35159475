/** The main window's entry: connects to the host and shows chats, people and calls. */
import { mount } from 'svelte';
import { carrierOfPage } from './bridge/connect.ts';
import { HostConnection } from './bridge/host-connection.svelte.ts';
import { keepPlace } from './state/kept-place.svelte.ts';
import { Stores } from './state/stores.svelte.ts';
import './ui/tokens.css';
import './ui/base.css';
import MainWindow from './windows/MainWindow.svelte';

const target = document.querySelector('#app');
if (!target) throw new Error('the page has no place for the window');

const connection = new HostConnection(carrierOfPage('main'));
const stores = new Stores(connection, 'main');
keepPlace(stores.navigation, window.localStorage);
stores.start();
connection.start();
mount(MainWindow, { target, props: { stores } });
