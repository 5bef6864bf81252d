import django.db.models.deletion
import terreau.geography.models
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Region',
            fields=[
                ('code', models.CharField(max_length=3, primary_key=True, serialize=False, verbose_name='code')),
                ('name', models.CharField(max_length=100, verbose_name='nom')),
            ],
            options={
                'verbose_name': 'région',
                'verbose_name_plural': 'régions',
                'ordering': ['code'],
                'constraints': [models.CheckConstraint(condition=models.Q(('code__regex', '^[0-9]{2,3}$')), name='geography_region_code', violation_error_message="Le code d'une région a deux ou trois chiffres.")],
            },
        ),
        migrations.CreateModel(
            name='Department',
            fields=[
                ('code', models.CharField(max_length=3, primary_key=True, serialize=False, verbose_name='code')),
                ('name', models.CharField(max_length=100, verbose_name='nom')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='departments', to='geography.region', verbose_name='région')),
            ],
            options={
                'verbose_name': 'département',
                'verbose_name_plural': 'départements',
                'ordering': ['code'],
                'constraints': [models.CheckConstraint(condition=models.Q(('code__regex', '^([0-9]{2}|2[AB]|9[78][0-9])$')), name='geography_department_code', violation_error_message="Le code d'un département a deux caractères, ou trois outre-mer.")],
            },
        ),
        migrations.CreateModel(
            name='Commune',
            fields=[
                ('code', models.CharField(max_length=5, primary_key=True, serialize=False, verbose_name='code INSEE')),
                ('name', models.CharField(blank=True, max_length=200, verbose_name='nom')),
                ('folded_name', terreau.geography.models.FoldedNameField(db_index=True, editable=False, max_length=250)),
                ('kind', models.CharField(choices=[('current', 'commune'), ('delegated', 'commune déléguée'), ('associated', 'commune associée'), ('district', 'arrondissement municipal'), ('former', 'ancienne commune')], default='current', max_length=10, verbose_name='nature')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='communes', to='geography.department', verbose_name='département')),
                ('siren', models.CharField(blank=True, max_length=9, verbose_name='SIREN')),
                ('postal_codes', models.CharField(blank=True, help_text='Séparés par une espace.', max_length=250, verbose_name='codes postaux')),
                ('population', models.PositiveIntegerField(blank=True, null=True, verbose_name='population municipale')),
                ('longitude', models.FloatField(blank=True, null=True, verbose_name='longitude')),
                ('latitude', models.FloatField(blank=True, null=True, verbose_name='latitude')),
                ('area_km2', models.FloatField(blank=True, null=True, verbose_name='superficie (km²)')),
                ('succeeded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='predecessors', to='geography.commune', verbose_name="comprise aujourd'hui dans")),
                ('since_year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="depuis l'année")),
                ('until_year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="jusqu'à l'année")),
            ],
            options={
                'verbose_name': 'commune',
                'verbose_name_plural': 'communes',
                'ordering': ['folded_name', 'code'],
                'constraints': [models.CheckConstraint(condition=models.Q(('code__regex', '^([0-9]{2}|2[AB])[0-9]{3}$')), name='geography_commune_code', violation_error_message='Un code INSEE a cinq caractères : cinq chiffres, ou 2A ou 2B puis trois chiffres.'), models.CheckConstraint(condition=models.Q(('siren', ''), ('siren__regex', '^[0-9]{9}$'), _connector='OR'), name='geography_commune_siren', violation_error_message="Le SIREN d'une commune a neuf chiffres."), models.UniqueConstraint(condition=models.Q(('siren', ''), _negated=True), fields=('siren',), name='geography_commune_one_siren', violation_error_message='Une autre commune porte déjà ce SIREN.'), models.CheckConstraint(condition=models.Q(('postal_codes', ''), ('postal_codes__regex', '^[0-9]{5}( [0-9]{5})*$'), _connector='OR'), name='geography_commune_postal_codes', violation_error_message='Un code postal a cinq chiffres ; plusieurs se séparent par une espace.'), models.CheckConstraint(condition=models.Q(models.Q(('latitude', None), ('longitude', None)), models.Q(('latitude__isnull', False), ('longitude__isnull', False), ('latitude__gte', -90), ('latitude__lte', 90), ('longitude__gte', -180), ('longitude__lte', 180)), _connector='OR'), name='geography_commune_point', violation_error_message='La longitude (de -180 à 180) et la latitude (de -90 à 90) se donnent ensemble, en degrés.'), models.CheckConstraint(condition=models.Q(('area_km2', None), ('area_km2__gt', 0), _connector='OR'), name='geography_commune_area', violation_error_message="La superficie d'une commune est positive."), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'current'), ('succeeded_by', None)), models.Q(('kind__in', ['delegated', 'associated', 'district', 'former']), ('succeeded_by__isnull', False)), _connector='OR'), name='geography_commune_succession', violation_error_message="Une commune actuelle n'est comprise dans aucune autre ; toute autre commune l'est."), models.CheckConstraint(condition=models.Q(models.Q(('succeeded_by', models.F('code')), _negated=True), ('succeeded_by', None), _connector='OR'), name='geography_commune_not_its_own', violation_error_message='Une commune ne peut pas être comprise dans elle-même.'), models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), ('kind', 'former'), _connector='OR'), name='geography_commune_name', violation_error_message='Une commune porte un nom.'), models.CheckConstraint(condition=models.Q(('since_year', None), ('until_year', None), ('until_year__gte', models.F('since_year')), _connector='OR'), name='geography_commune_period', violation_error_message="La fin d'une commune ne précède pas son début.")],
            },
        ),
        migrations.CreateModel(
            name='Intercommunality',
            fields=[
                ('siren', models.CharField(max_length=9, primary_key=True, serialize=False, verbose_name='SIREN')),
                ('name', models.CharField(max_length=200, verbose_name='nom')),
                ('folded_name', terreau.geography.models.FoldedNameField(db_index=True, editable=False, max_length=250)),
                ('kind', models.CharField(choices=[('CC', 'communauté de communes'), ('CA', "communauté d'agglomération"), ('CU', 'communauté urbaine'), ('METRO', 'métropole'), ('MET69', 'métropole de Lyon')], max_length=5, verbose_name='nature')),
                ('population', models.PositiveIntegerField(blank=True, null=True, verbose_name='population municipale')),
                ('since_on', models.DateField(blank=True, null=True, verbose_name='depuis le')),
                ('until_on', models.DateField(blank=True, null=True, verbose_name="jusqu'au")),
            ],
            options={
                'verbose_name': 'intercommunalité',
                'verbose_name_plural': 'intercommunalités',
                'ordering': ['name', 'siren'],
                'constraints': [models.CheckConstraint(condition=models.Q(('siren__regex', '^[0-9]{9}$')), name='geography_intercommunality_siren', violation_error_message="Le SIREN d'une intercommunalité a neuf chiffres."), models.CheckConstraint(condition=models.Q(('kind__in', ['CC', 'CA', 'CU', 'METRO', 'MET69'])), name='geography_intercommunality_kind', violation_error_message="La nature de l'intercommunalité est celle de la liste officielle."), models.CheckConstraint(condition=models.Q(('since_on', None), ('until_on', None), ('until_on__gte', models.F('since_on')), _connector='OR'), name='geography_intercommunality_period', violation_error_message="La fin d'une intercommunalité ne précède pas son début.")],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('commune', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='geography.commune', verbose_name='commune')),
                ('intercommunality', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='geography.intercommunality', verbose_name='intercommunalité')),
                ('since_on', models.DateField(blank=True, null=True, verbose_name='depuis le')),
                ('until_on', models.DateField(blank=True, null=True, verbose_name="jusqu'au")),
                ('vintage', models.CharField(max_length=20, verbose_name='millésime')),
            ],
            options={
                'verbose_name': 'appartenance',
                'verbose_name_plural': 'appartenances',
                'ordering': ['commune', models.OrderBy(models.F('since_on'), nulls_first=True), 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('until_on', None)), fields=('commune',), name='geography_membership_one_at_a_time', violation_error_message='Cette commune appartient déjà à une intercommunalité.'), models.CheckConstraint(condition=models.Q(('since_on', None), ('until_on', None), ('until_on__gte', models.F('since_on')), _connector='OR'), name='geography_membership_period', violation_error_message="La fin d'une appartenance ne précède pas son début.")],
            },
        ),
        migrations.CreateModel(
            name='Shape',
            fields=[
                ('code', models.CharField(max_length=9, primary_key=True, serialize=False, verbose_name='code INSEE ou SIREN')),
                ('geojson', models.JSONField(verbose_name='contour')),
                ('source', models.CharField(max_length=200, verbose_name='source')),
                ('vintage', models.CharField(blank=True, max_length=20, verbose_name='millésime')),
            ],
            options={
                'verbose_name': 'contour',
                'verbose_name_plural': 'contours',
                'ordering': ['code'],
                'constraints': [models.CheckConstraint(condition=models.Q(('code__regex', '^([0-9]{2}|2[AB])[0-9]{3}$'), ('code__regex', '^[0-9]{9}$'), _connector='OR'), name='geography_shape_code', violation_error_message="Un contour porte le code INSEE d'une commune ou le SIREN d'une intercommunalité."), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='geography_shape_source', violation_error_message='Un contour dit sa source.')],
            },
        ),
    ]
