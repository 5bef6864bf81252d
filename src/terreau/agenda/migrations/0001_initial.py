import django.db.models.deletion
import terreau.kernel.clock
import terreau.kernel.fields
import terreau.kernel.pure.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('directory', '0001_initial'),
        ('territory', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.UUIDField(default=terreau.kernel.pure.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('territory', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.territory', verbose_name='territoire')),
                ('key', models.SlugField(max_length=100, verbose_name='identifiant')),
                ('position', models.PositiveIntegerField(blank=True, editable=False, null=True, verbose_name='rang dans le dossier')),
                ('visibility', models.CharField(choices=[('publique', 'publique'), ('membres', 'réservée aux membres'), ('equipe', "réservée à l'équipe d'animation"), ('privee', 'privée')], default='publique', max_length=10, verbose_name='visibilité')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=terreau.kernel.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(default=terreau.kernel.clock.now, editable=False)),
                ('name', models.CharField(max_length=300, verbose_name='nom')),
                ('other_names', models.JSONField(blank=True, default=list, verbose_name='autres noms')),
                ('sort', models.CharField(choices=[('salon_grand_public', 'salon ou village grand public'), ('salon_professionnel', 'salon professionnel'), ('rencontre', 'rencontre'), ('petit_dejeuner', 'petit déjeuner'), ('pleniere', 'plénière'), ('reunion_publique', 'réunion publique'), ('visite', 'visite'), ('concertation', 'concertation'), ('conference', 'conférence'), ('formation', 'formation'), ('atelier', 'atelier'), ('communaute_apprenante', 'communauté apprenante'), ('instance', "réunion d'instance"), ('assemblee', 'assemblée'), ('accompagnement', 'accompagnement'), ('anniversaire', 'anniversaire'), ('inauguration', 'inauguration'), ('resultat', 'résultat'), ('distinction', 'distinction'), ('enquete', 'enquête'), ('mise_en_relation', 'mise en relation')], max_length=25, verbose_name='type')),
                ('state', models.CharField(blank=True, choices=[('projet', 'en projet'), ('annonce', 'annoncé'), ('tenu', 'tenu'), ('reporte', 'reporté'), ('annule', 'annulé')], max_length=10, verbose_name='statut')),
                ('when', terreau.kernel.fields.EdtfField(blank=True, default=None, max_length=60, verbose_name='date')),
                ('when_earliest', models.DateField(editable=False, null=True)),
                ('when_latest', models.DateField(editable=False, null=True)),
                ('place', models.CharField(blank=True, max_length=300, verbose_name='lieu')),
                ('organisers_certainty', models.CharField(choices=[('etablie', 'établie'), ('deduite', 'déduite'), ('percue', 'perçue')], default='etablie', max_length=10, verbose_name='certitude sur les organisateurs')),
                ('participants', models.TextField(blank=True, verbose_name='participants')),
                ('audience', models.TextField(blank=True, verbose_name='public')),
                ('formats', models.JSONField(blank=True, default=list, verbose_name='formats')),
                ('summary', models.TextField(blank=True, verbose_name='résumé')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('organisers', models.ManyToManyField(blank=True, related_name='events', to='directory.organisation', verbose_name='organisateurs')),
            ],
            options={
                'verbose_name': 'événement',
                'verbose_name_plural': 'événements',
                'indexes': [models.Index(fields=['territory', 'when_earliest', 'when_latest'], name='agenda_event_when')],
                'constraints': [models.UniqueConstraint(fields=('territory', 'key'), name='agenda_event_key', violation_error_message='Cet identifiant est déjà pris dans ce territoire.')],
            },
        ),
        migrations.CreateModel(
            name='EventOutcome',
            fields=[
                ('id', models.UUIDField(default=terreau.kernel.pure.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='outcomes', to='agenda.event')),
                ('sort', models.CharField(choices=[('financement', 'financement'), ('visibilite', 'visibilité'), ('partenariat', 'partenariat'), ('competence', 'compétence'), ('reconnaissance', 'reconnaissance'), ('decision', 'décision'), ('activite', 'activité'), ('lien', 'lien')], max_length=15, verbose_name='type')),
                ('beneficiary', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='event_outcomes', to='directory.organisation', verbose_name='bénéficiaire')),
                ('summary', models.TextField(verbose_name='résumé')),
                ('certainty', models.CharField(choices=[('etablie', 'établie'), ('deduite', 'déduite'), ('percue', 'perçue')], default='etablie', max_length=10, verbose_name='certitude')),
            ],
            options={
                'ordering': ['position', 'pk'],
            },
        ),
    ]
