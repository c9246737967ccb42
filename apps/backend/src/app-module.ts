import { type DynamicModule, Module, type Provider } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, DiscoveryModule } from '@nestjs/core';
import type { OpenDatabase } from '@streamus/db';
import { createRoomControl, createSealer, type Logger } from '@streamus/platform';
import { openObjectStore } from '@streamus/platform/objects';
import { CONFIG, type Config, DATABASE, LOGGER, OBJECTS, ROOM_CONTROL, SEALER } from './config.ts';
import { ErrorFilter } from './http/error-filter.ts';
import { ResponseInterceptor } from './http/response-interceptor.ts';
import { RouteGuard } from './http/route-guard.ts';
import { AuthController } from './modules/auth/auth-controller.ts';
import { AuthRepository } from './modules/auth/auth-repository.ts';
import { AuthService } from './modules/auth/auth-service.ts';
import { Authenticator } from './modules/auth/authenticator.ts';
import { BrandController } from './modules/brand/brand-controller.ts';
import { BrandFoldersController } from './modules/brand/brand-folders-controller.ts';
import { BrandFoldersRepository } from './modules/brand/brand-folders-repository.ts';
import { BrandImages } from './modules/brand/brand-images.ts';
import { BrandKitsController } from './modules/brand/brand-kits-controller.ts';
import { BrandKitsRepository } from './modules/brand/brand-kits-repository.ts';
import { BrandRepository } from './modules/brand/brand-repository.ts';
import { ExportKit } from './modules/brand/export-kit.ts';
import { ImportKit } from './modules/brand/import-kit.ts';
import { PurgeBrand } from './modules/brand/purge-brand.ts';
import { UploadSpool } from './modules/brand/upload-spool.ts';
import { ComposerController } from './modules/composer/composer-controller.ts';
import { ComposerRepository } from './modules/composer/composer-repository.ts';
import { ComposerService } from './modules/composer/composer-service.ts';
import { DestinationsController } from './modules/destinations/destinations-controller.ts';
import { DestinationsRepository } from './modules/destinations/destinations-repository.ts';
import { DestinationsService } from './modules/destinations/destinations-service.ts';
import { FontsController } from './modules/fonts/fonts-controller.ts';
import { GuestLinksController } from './modules/guest-links/guest-links-controller.ts';
import { GuestLinksRepository } from './modules/guest-links/guest-links-repository.ts';
import { GuestLinksService } from './modules/guest-links/guest-links-service.ts';
import { BusListener } from './modules/realtime/bus-listener.ts';
import { OpenConnections } from './modules/realtime/open-connections.ts';
import { RealtimeServer } from './modules/realtime/realtime-server.ts';
import { Seats } from './modules/realtime/seats.ts';
import { StudioChannel } from './modules/realtime/studio-channel.ts';
import { PurgeDeleted } from './modules/recordings/purge-deleted.ts';
import { RecordingsController } from './modules/recordings/recordings-controller.ts';
import { RecordingsRepository } from './modules/recordings/recordings-repository.ts';
import { Capacity } from './modules/streams/capacity.ts';
import { CapacityRepository } from './modules/streams/capacity-repository.ts';
import { StreamsController } from './modules/streams/streams-controller.ts';
import { StreamsRepository } from './modules/streams/streams-repository.ts';
import { StreamsService } from './modules/streams/streams-service.ts';
import { WatchController } from './modules/streams/watch-controller.ts';
import { DeleteStudio } from './modules/studios/delete-studio.ts';
import { Membership } from './modules/studios/membership.ts';
import { RemovedPeople } from './modules/studios/removed-people.ts';
import { StudioCommands } from './modules/studios/studio-commands.ts';
import { StudiosController } from './modules/studios/studios-controller.ts';
import { StudiosRepository } from './modules/studios/studios-repository.ts';
import { SystemController } from './modules/system/system-controller.ts';

const controllers = [
  AuthController,
  StudiosController,
  GuestLinksController,
  ComposerController,
  StreamsController,
  WatchController,
  DestinationsController,
  RecordingsController,
  BrandController,
  BrandFoldersController,
  BrandKitsController,
  FontsController,
  SystemController,
];

const services = [
  AuthRepository,
  AuthService,
  Authenticator,
  BrandFoldersRepository,
  BrandImages,
  BrandKitsRepository,
  BrandRepository,
  BusListener,
  Capacity,
  CapacityRepository,
  ComposerRepository,
  ComposerService,
  DeleteStudio,
  DestinationsRepository,
  DestinationsService,
  ExportKit,
  GuestLinksRepository,
  GuestLinksService,
  ImportKit,
  Membership,
  OpenConnections,
  PurgeBrand,
  PurgeDeleted,
  RealtimeServer,
  RemovedPeople,
  RecordingsRepository,
  Seats,
  StreamsRepository,
  StreamsService,
  StudioChannel,
  StudioCommands,
  StudiosRepository,
  UploadSpool,
];

@Module({})
class AppModule {}

/** The whole control plane: outside things come in as values, everything else is wired by class. */
export function appModule(config: Config, database: OpenDatabase, logger: Logger): DynamicModule {
  const room = createRoomControl(config.LIVEKIT_URL.replace(/^ws/, 'http'), {
    apiKey: config.LIVEKIT_API_KEY,
    apiSecret: config.LIVEKIT_API_SECRET,
  });
  const values: Provider[] = [
    { provide: CONFIG, useValue: config },
    { provide: LOGGER, useValue: logger },
    { provide: DATABASE, useValue: database.db },
    { provide: OBJECTS, useValue: openObjectStore(config.s3, config.DATA_DIR) },
    { provide: SEALER, useValue: createSealer(config.ENCRYPTION_KEY) },
    { provide: ROOM_CONTROL, useValue: room },
    { provide: APP_GUARD, useClass: RouteGuard },
    { provide: APP_INTERCEPTOR, useClass: ResponseInterceptor },
    { provide: APP_FILTER, useClass: ErrorFilter },
  ];
  return { module: AppModule, imports: [DiscoveryModule], controllers, providers: [...values, ...services] };
}
