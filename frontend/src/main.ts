import { createApp } from 'vue';
import App from './app.vue';
import './styles/index.css';

createApp(App).mount('#app');
