import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import './style.css';

createRoot(document.body).render(
  <StrictMode>
    <App baseUrl="http://localhost:8000" />
  </StrictMode>,
);
