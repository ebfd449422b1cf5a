import 'reflect-metadata';
import { getRequestListener } from '@hono/node-server';
import { type INestApplication, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { CallbackServer } from '@partner-ecosystem/callback-server';
import type { Request, Response } from 'express';

@Module({})
class AppModule {}

export async function createApp(server: CallbackServer): Promise<INestApplication> {
  const app = await NestFactory.create(AppModule, { logger: ['error'] });
  const receive = getRequestListener(server.app.fetch, { overrideGlobalObjects: false });
  // Nest adds its body parser at `listen`, so the receiver comes first and gets the exact bytes.
  app.use((request: Request, response: Response, next: () => void) =>
    request.path.startsWith('/callbacks/') ? receive(request, response) : next(),
  );
  return app;
}
